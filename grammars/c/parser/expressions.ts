import { EmbeddedActionsParser, type IParserConfig, type IToken, type ParserMethod } from "chevrotain";
import { type Literal, readCharacter, readNumber, readString } from "../literals.ts";
import { createMessages } from "../messages.ts";
import { MAX_NESTING, NestingTooDeep } from "../nesting.ts";
import { climb, type Tail } from "../precedence.ts";
import type { Source } from "../source.ts";
import { cover, type Span } from "../span.ts";
import * as t from "../tokens.ts";
import type {
  CAssignOperator,
  CBinaryOperator,
  CExpression,
  CInitializer,
  CType,
  CUnaryOperator,
} from "../tree.ts";
import { bindingOf } from "./operators.ts";

const messages = createMessages({
  assignment: "an expression",
  unary: "an expression",
  primary: "an expression",
  statement: "a statement",
  item: "a statement",
  plain: "a statement",
  loop: "'while', 'for' or 'do' after the loop annotation",
  specifiers: "a type",
  specifier: "a type",
  declarator: "a name",
  parameter: "a parameter",
});

/**
 * C expressions (C11 6.5). Binary operators are read as a flat list and grouped by precedence. Parentheses belong to the span of
 * the expression they enclose. What is not reasoned about yet becomes a node that names it.
 */
export abstract class ExpressionParser extends EmbeddedActionsParser {
  protected source!: Source;
  #depth = 0;
  /** How many blocks and parameter lists are open: what is declared there has a scope of its own. */
  #scopes = 0;

  constructor(config: IParserConfig) {
    super(t.PARSED, { maxLookahead: 2, recoveryEnabled: false, errorMessageProvider: messages, ...config });
  }

  /** Points the parser at the tokens of one item of the file. */
  start(source: Source, tokens: IToken[]): void {
    this.source = source;
    this.#depth = 0;
    this.#scopes = 0;
    this.input = tokens;
  }

  /** A type in parentheses, C11 6.7.7. */
  protected abstract readonly typeName: ParserMethod<[], CType>;
  protected abstract readonly compound: ParserMethod<[], unknown>;

  readonly expression: ParserMethod<[], CExpression> = this.RULE("expression", () => {
    let result = this.SUBRULE(this.assignment);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      const right = this.SUBRULE1(this.assignment);
      this.ACTION(() => {
        result = { kind: "comma", left: result, right, span: cover(result.span, right.span) };
      });
    });
    return result;
  });

  readonly assignment: ParserMethod<[], CExpression> = this.RULE("assignment", () => {
    this.enter();
    const target = this.SUBRULE(this.conditional);
    let result = target;
    this.OPTION(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(t.Equals) },
        { ALT: () => this.CONSUME(t.CompoundAssign) },
      ]);
      const value = this.SUBRULE1(this.assignment);
      this.ACTION(() => {
        this.#needVariable(target, `the left side of '${operator.image}'`);
        const span = cover(target.span, value.span);
        result = { kind: "assign", operator: operator.image as CAssignOperator, target, value, span };
      });
    });
    this.leave();
    return result;
  });

  readonly conditional: ParserMethod<[], CExpression> = this.RULE("conditional", () => {
    const condition = this.SUBRULE(this.binary);
    let result = condition;
    this.OPTION(() => {
      this.CONSUME(t.Question);
      // GNU's `a ?: b` is not C11.
      const then = this.SUBRULE(this.expression);
      this.CONSUME(t.Colon);
      this.enter();
      const otherwise = this.SUBRULE1(this.conditional);
      this.leave();
      this.ACTION(() => {
        const span = cover(condition.span, otherwise.span);
        result = { kind: "conditional", condition, then, else: otherwise, span };
      });
    });
    return result;
  });

  readonly binary: ParserMethod<[], CExpression> = this.RULE("binary", () => {
    const first = this.SUBRULE(this.unary);
    const tails: Tail<IToken, CExpression>[] = [];
    this.MANY(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(t.Infix) },
        { ALT: () => this.CONSUME(t.Sign) },
        { ALT: () => this.CONSUME(t.Star) },
      ]);
      const operand = this.SUBRULE1(this.unary);
      this.ACTION(() => tails.push({ operator, operand }));
    });
    return this.ACTION(() =>
      climb(first, tails, bindingOf, (operator, left, right): CExpression => {
        const span = cover(left.span, right.span);
        return { kind: "binary", operator: operator.image as CBinaryOperator, left, right, span };
      }),
    );
  });

  /** Prefix operators and casts: C11's unary-expression and cast-expression in one. */
  readonly unary: ParserMethod<[], CExpression> = this.RULE("unary", () => {
    this.enter();
    const result = this.OR([
      {
        ALT: () => {
          const operator = this.OR1([
            { ALT: () => this.CONSUME(t.Sign) },
            { ALT: () => this.CONSUME(t.Star) },
            { ALT: () => this.CONSUME(t.Prefix) },
            { ALT: () => this.CONSUME(t.Step) },
          ]);
          const argument = this.SUBRULE(this.unary);
          return this.ACTION(() => this.#prefix(operator, argument));
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(t.Sizeof);
          const of: CType | CExpression = this.OR2([
            {
              // `sizeof (T)` is never the size of a cast (C11 6.5.3.4).
              IGNORE_AMBIGUITIES: true,
              ALT: () => {
                this.CONSUME(t.LeftParen);
                const type = this.SUBRULE(this.typeName);
                this.CONSUME(t.RightParen);
                return type;
              },
            },
            { ALT: () => this.SUBRULE1(this.unary) },
          ]);
          return this.ACTION(
            (): CExpression =>
              first.image === "sizeof"
                ? { kind: "sizeof", of, span: this.#from(first) }
                : this.#unsupported(first.image, first),
          );
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME1(t.LeftParen);
          const type = this.SUBRULE1(this.typeName);
          this.CONSUME1(t.RightParen);
          return this.OR3([
            {
              ALT: () => {
                this.SUBRULE(this.initializerList);
                return this.ACTION(() => this.#unsupported("compound literal", first));
              },
            },
            {
              ALT: () => {
                const argument = this.SUBRULE2(this.unary);
                return this.ACTION(
                  (): CExpression => ({ kind: "cast", type, argument, span: this.#from(first) }),
                );
              },
            },
          ]);
        },
      },
      { ALT: () => this.SUBRULE(this.postfix) },
    ]);
    this.leave();
    return result;
  });

  readonly postfix: ParserMethod<[], CExpression> = this.RULE("postfix", () => {
    let result = this.SUBRULE(this.primary);
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.LeftBracket);
            const index = this.SUBRULE(this.expression);
            this.CONSUME(t.RightBracket);
            this.ACTION(() => {
              result = { kind: "index", array: result, index, span: this.#until(result.span) };
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.LeftParen);
            const list = this.OPTION(() => this.SUBRULE(this.arguments));
            this.CONSUME(t.RightParen);
            this.ACTION(() => {
              const span = this.#until(result.span);
              result =
                result.kind === "name"
                  ? { kind: "call", callee: result.name, arguments: list ?? [], span }
                  : this.#wrap("call through an expression", result.span);
            });
          },
        },
        {
          ALT: () => {
            const operator = this.CONSUME(t.Member);
            const name = this.CONSUME(t.Identifier);
            this.ACTION(() => {
              const span = this.#until(result.span);
              result = {
                kind: "member",
                object: result,
                name: name.image,
                arrow: operator.image === "->",
                span,
              };
            });
          },
        },
        {
          ALT: () => {
            const operator = this.CONSUME(t.Step);
            this.ACTION(() => {
              result = this.#step(operator, result, false, this.#until(result.span));
            });
          },
        },
      ]);
    });
    return result;
  });

  readonly arguments: ParserMethod<[], CExpression[]> = this.RULE("arguments", () => {
    const list: CExpression[] = [];
    const add = (argument: CExpression) => this.ACTION(() => list.push(argument));
    add(this.SUBRULE(this.assignment));
    this.MANY(() => {
      this.CONSUME(t.Comma);
      add(this.SUBRULE1(this.assignment));
    });
    return list;
  });

  readonly primary: ParserMethod<[], CExpression> = this.RULE("primary", () =>
    this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(t.Identifier);
          return this.ACTION(
            (): CExpression => ({ kind: "name", name: token.image, span: this.source.span(token) }),
          );
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.NumberWord);
          return this.ACTION(() => this.#literal(token, readNumber(token.image)));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.Character);
          return this.ACTION(() => this.#literal(token, readCharacter(token.image)));
        },
      },
      {
        ALT: () => {
          const first = this.LA(1);
          const images: string[] = [];
          this.AT_LEAST_ONE(() => {
            const token = this.CONSUME(t.Text);
            this.ACTION(() => images.push(token.image));
          });
          return this.ACTION((): CExpression => {
            const bytes = readString(images);
            if (bytes === null) return this.#wrap("string literal", this.source.span(first));
            return { kind: "string", bytes, span: this.#from(first) };
          });
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(t.LeftParen);
          const inner = this.SUBRULE(this.expression);
          this.CONSUME(t.RightParen);
          return this.ACTION((): CExpression => ({ ...inner, span: this.#from(first) }));
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME1(t.LeftParen);
          this.SUBRULE(this.compound);
          this.CONSUME1(t.RightParen);
          return this.ACTION(() => this.#unsupported("statement expression '({…})'", first));
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(t.Generic);
          this.SUBRULE(this.balanced);
          return this.ACTION(() => this.#unsupported("_Generic", first));
        },
      },
    ]),
  );

  /** `{ … }` after `=`, with designators. */
  readonly initializerList: ParserMethod<[], CExpression> = this.RULE("initializerList", () => {
    this.enter();
    const first = this.CONSUME(t.LeftBrace);
    const items: CInitializer[] = [];
    this.MANY(() => {
      const designators: (CExpression | string)[] = [];
      this.MANY1(() => {
        this.OR([
          {
            ALT: () => {
              this.CONSUME(t.LeftBracket);
              const index = this.SUBRULE(this.assignment);
              this.CONSUME(t.RightBracket);
              this.ACTION(() => designators.push(index));
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.Member);
              const name = this.CONSUME(t.Identifier);
              this.ACTION(() => designators.push(name.image));
            },
          },
        ]);
        this.OPTION(() => this.CONSUME(t.Equals));
      });
      const value = this.SUBRULE(this.initializer);
      this.ACTION(() => items.push({ designators, value }));
      this.OPTION1(() => this.CONSUME(t.Comma));
    });
    this.CONSUME(t.RightBrace);
    this.leave();
    return this.ACTION((): CExpression => ({ kind: "list", items, span: this.#from(first) }));
  });

  readonly initializer: ParserMethod<[], CExpression> = this.RULE("initializer", () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.initializerList) },
      { ALT: () => this.SUBRULE(this.assignment) },
    ]),
  );

  /** Anything in parentheses that is named but not read: attributes, assembly. Its tokens were balanced before. */
  readonly balanced: ParserMethod<[], void> = this.RULE("balanced", () => {
    this.enter();
    this.CONSUME(t.LeftParen);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.balanced) },
        ...OTHERS.map((type, index) => ({ ALT: () => this.consume(index, type) })),
      ] as { ALT: () => unknown }[]);
    });
    this.CONSUME(t.RightParen);
    this.leave();
  });

  protected enter(): void {
    if (++this.#depth > MAX_NESTING && !this.RECORDING_PHASE) throw new NestingTooDeep(this.LA(1));
  }

  protected leave(): void {
    this.#depth--;
  }

  protected openScope(): void {
    this.#scopes++;
  }

  protected closeScope(): void {
    this.#scopes--;
  }

  /** Whether what is declared here is known here only. */
  protected get isInner(): boolean {
    return this.#scopes > 0;
  }

  #from(first: IToken): Span {
    return this.source.between(first, this.LA(0));
  }

  #until(start: Span): Span {
    return cover(start, this.source.span(this.LA(0)));
  }

  #unsupported(construct: string, first: IToken): CExpression {
    return { kind: "unsupported", construct, span: this.#from(first) };
  }

  /** An unsupported construct that its text names, from `start` to the last token read. */
  #wrap(construct: string, start: Span): CExpression {
    const span = this.#until(start);
    return { kind: "unsupported", construct: `${construct} ${this.source.quote(span)}`, span };
  }

  #prefix(operator: IToken, argument: CExpression): CExpression {
    const span = cover(this.source.span(operator), argument.span);
    const { image } = operator;
    if (image === "++" || image === "--") return this.#step(operator, argument, true, span);
    if (image === "*" || image === "&")
      return { kind: image === "*" ? "dereference" : "address", argument, span };
    return { kind: "unary", operator: image as CUnaryOperator, argument, span };
  }

  #step(operator: IToken, target: CExpression, prefix: boolean, span: Span): CExpression {
    this.#needVariable(target, `the operand of '${operator.image}'`);
    return { kind: "step", operator: operator.image as "++" | "--", prefix, target, span };
  }

  #needVariable(target: CExpression, role: string): void {
    if (!LVALUES.has(target.kind)) {
      this.source.error(`${role} must be a variable, not ${this.source.quote(target.span)}`, target.span);
    }
  }

  #literal(token: IToken, literal: Literal): CExpression {
    const span = this.source.span(token);
    if (literal.kind !== "invalid") return { ...literal, span };
    this.source.error(literal.message, span);
    return { kind: "unsupported", construct: "constant", span };
  }
}

const LVALUES = new Set<CExpression["kind"]>(["name", "index", "dereference", "member", "unsupported"]);

const OTHERS = t.PARSED.filter((type) => type !== t.LeftParen && type !== t.RightParen);
