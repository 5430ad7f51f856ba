import { EmbeddedActionsParser, type IParserConfig, type IToken, type ParserMethod } from "chevrotain";
import { readCharacter, readInteger } from "../c/literals.ts";
import { createMessages } from "../c/messages.ts";
import { MAX_NESTING, NestingTooDeep } from "../c/nesting.ts";
import { climb, type Tail } from "../c/precedence.ts";
import type { Source } from "../c/source.ts";
import { cover, type Span } from "../c/span.ts";
import { typeOfWords } from "../c/types.ts";
import { readBinders } from "./binders.ts";
import type { AcslExpression } from "./expression.ts";
import { bindingOf, combine } from "./operators.ts";
import * as t from "./tokens.ts";

const messages = createMessages({
  binary: "an expression",
  unary: "an expression",
  primary: "an expression",
});

/**
 * ACSL expressions (ACSL 1.17, 2.2), terms and predicates in one grammar. Binary operators are read as a flat list and grouped
 * by precedence. What is not reasoned about yet becomes a node that names it.
 */
export class AcslParser extends EmbeddedActionsParser {
  #source!: Source;
  #depth = 0;
  /** Between `?` and `:`, where `a : …` is no named predicate. */
  #inMiddle = false;

  constructor(config: IParserConfig = {}) {
    super(t.PARSED, { maxLookahead: 2, recoveryEnabled: false, errorMessageProvider: messages, ...config });
    this.performSelfAnalysis();
  }

  /** Points the parser at the tokens of one expression. */
  start(source: Source, tokens: IToken[]): void {
    this.#source = source;
    this.#depth = 0;
    this.#inMiddle = false;
    this.input = tokens;
  }

  /** `binary ? expression : expression`; binds weaker than `<==>` (ACSL 1.17, figure 2.3). */
  readonly expression: ParserMethod<[], AcslExpression> = this.RULE("expression", () => {
    this.#enter();
    const condition = this.SUBRULE(this.binary);
    let result = condition;
    this.OPTION(() => {
      this.CONSUME(t.Question);
      const outer = this.#inMiddle;
      this.ACTION(() => {
        this.#inMiddle = true;
      });
      const then = this.SUBRULE1(this.expression);
      this.CONSUME(t.Colon);
      this.ACTION(() => {
        this.#inMiddle = outer;
      });
      const otherwise = this.SUBRULE2(this.expression);
      result = this.ACTION(
        (): AcslExpression => ({
          kind: "conditional",
          condition,
          then,
          else: otherwise,
          span: cover(condition.span, otherwise.span),
        }),
      );
    });
    this.#depth--;
    return result;
  });

  readonly binary: ParserMethod<[], AcslExpression> = this.RULE("binary", () => {
    const first = this.SUBRULE(this.operand);
    const tails: Tail<IToken, AcslExpression>[] = [];
    this.MANY(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(t.Infix) },
        { ALT: () => this.CONSUME(t.Sign) },
        { ALT: () => this.CONSUME(t.Star) },
      ]);
      const operand = this.SUBRULE1(this.operand);
      this.ACTION(() => tails.push({ operator, operand }));
    });
    return this.ACTION(() =>
      climb(first, tails, bindingOf, (operator, left, right) => combine(this.#source, operator, left, right)),
    );
  });

  /** A name or a binder reaches as far to the right as it can. */
  readonly operand: ParserMethod<[], AcslExpression> = this.RULE("operand", () =>
    this.OR([
      {
        GATE: () => !this.#inMiddle,
        ALT: () => {
          this.OR1([{ ALT: () => this.CONSUME(t.Word) }, { ALT: () => this.CONSUME(t.Text) }]);
          this.CONSUME(t.Colon);
          return this.SUBRULE(this.expression);
        },
      },
      { ALT: () => this.SUBRULE(this.bound) },
      { ALT: () => this.SUBRULE(this.unary) },
    ]),
  );

  /** `\forall T x, y; …` and `\let x = …; …`. */
  readonly bound: ParserMethod<[], AcslExpression> = this.RULE("bound", () => {
    const words: IToken[] = [];
    let value: AcslExpression | null = null;
    const head = this.OR([
      {
        ALT: () => {
          const binder = this.CONSUME(t.Binder);
          this.AT_LEAST_ONE(() => {
            const word = this.SUBRULE(this.binderWord);
            this.ACTION(() => words.push(word));
          });
          return binder;
        },
      },
      {
        ALT: () => {
          const binder = this.CONSUME(t.Let);
          words.push(this.CONSUME(t.Word));
          this.CONSUME(t.Equals);
          value = this.SUBRULE1(this.expression);
          return binder;
        },
      },
    ]);
    this.CONSUME(t.Semicolon);
    const body = this.SUBRULE2(this.expression);
    return this.ACTION((): AcslExpression => {
      const span = cover(this.#source.span(head), body.span);
      if (value !== null) return { kind: "let", name: words[0]!.image, value, body, span };
      const binders = readBinders(words, this.#source);
      if (head.image === "\\lambda" || binders === null)
        return { kind: "unsupported", construct: head.image, span };
      return {
        kind: "quantified",
        quantifier: head.image === "\\forall" ? "forall" : "exists",
        binders,
        body,
        span,
      };
    });
  });

  readonly binderWord: ParserMethod<[], IToken> = this.RULE("binderWord", () =>
    this.OR([
      { ALT: () => this.CONSUME(t.TypeWord) },
      { ALT: () => this.CONSUME(t.TypeName) },
      { ALT: () => this.CONSUME(t.Word) },
      { ALT: () => this.CONSUME(t.Star) },
      { ALT: () => this.CONSUME(t.Comma) },
      {
        ALT: () => {
          const bracket = this.CONSUME(t.LeftBracket);
          this.OPTION(() => this.SUBRULE(this.expression));
          this.CONSUME(t.RightBracket);
          return bracket;
        },
      },
    ]),
  );

  readonly unary: ParserMethod<[], AcslExpression> = this.RULE("unary", () => {
    this.#enter();
    const result = this.OR([
      {
        ALT: () => {
          const operator = this.OR1([
            { ALT: () => this.CONSUME(t.Sign) },
            { ALT: () => this.CONSUME(t.Star) },
            { ALT: () => this.CONSUME(t.Prefix) },
          ]);
          const argument = this.SUBRULE1(this.unary);
          return this.ACTION(() => this.#prefix(operator, argument));
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(t.LeftParen);
          const words = this.SUBRULE(this.typeName);
          this.CONSUME(t.RightParen);
          const argument = this.SUBRULE2(this.unary);
          return this.ACTION(() => this.#cast(first, words, argument));
        },
      },
      { ALT: () => this.SUBRULE(this.postfix) },
    ]);
    this.#depth--;
    return result;
  });

  readonly typeName: ParserMethod<[], string[]> = this.RULE("typeName", () => {
    const words: string[] = [];
    this.AT_LEAST_ONE(() => {
      const word = this.OR([
        { ALT: () => this.CONSUME(t.TypeWord) },
        { ALT: () => this.CONSUME(t.TypeName) },
      ]);
      words.push(word.image);
    });
    this.MANY(() => words.push(this.CONSUME(t.Star).image));
    return words;
  });

  readonly postfix: ParserMethod<[], AcslExpression> = this.RULE("postfix", () => {
    let result = this.SUBRULE(this.primary);
    let labels: readonly string[] = [];
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.LeftBracket);
            const index = this.SUBRULE(this.range);
            this.CONSUME(t.RightBracket);
            this.ACTION(() => {
              result = { kind: "index", array: result, index, span: this.#until(result) };
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.LeftParen);
            const list = this.OPTION(() => this.SUBRULE(this.list));
            this.CONSUME(t.RightParen);
            this.ACTION(() => {
              result = this.#apply(result, labels, list ?? []);
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.LeftBrace);
            const list = this.SUBRULE1(this.list);
            this.CONSUME(t.RightBrace);
            this.ACTION(() => {
              labels = list.map((one) => (one.kind === "name" ? one.name : "?"));
            });
          },
        },
        {
          ALT: () => {
            const operator = this.CONSUME(t.Member);
            const name = this.CONSUME(t.Word);
            this.ACTION(() => {
              const span = this.#until(result);
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
      ]);
    });
    return result;
  });

  /** `a .. b` with either end left out, or an expression. */
  readonly range: ParserMethod<[], AcslExpression> = this.RULE("range", () => {
    const first = this.LA(1);
    const low = this.OPTION(() => this.SUBRULE(this.unnamed)) ?? null;
    let ranges = false;
    let high: AcslExpression | null = null;
    this.OPTION1(() => {
      this.CONSUME(t.Range);
      ranges = true;
      high = this.OPTION2(() => this.SUBRULE1(this.unnamed)) ?? null;
    });
    return this.ACTION((): AcslExpression => {
      if (ranges) return { kind: "range", low, high, span: this.#source.between(first, this.LA(0)) };
      if (low !== null) return low;
      this.#source.error("expected an expression", this.#source.span(first));
      return { kind: "unsupported", construct: "nothing", span: this.#source.span(first) };
    });
  });

  readonly list: ParserMethod<[], AcslExpression[]> = this.RULE("list", () => {
    const list: AcslExpression[] = [];
    const add = (one: AcslExpression) => this.ACTION(() => list.push(one));
    add(this.SUBRULE(this.range));
    this.MANY(() => {
      this.CONSUME(t.Comma);
      add(this.SUBRULE1(this.range));
    });
    return list;
  });

  /** An expression inside brackets, where the context outside no longer matters. */
  readonly unnamed: ParserMethod<[], AcslExpression> = this.RULE("unnamed", () => {
    const outer = this.#inMiddle;
    this.ACTION(() => {
      this.#inMiddle = false;
    });
    const result = this.SUBRULE(this.expression);
    this.ACTION(() => {
      this.#inMiddle = outer;
    });
    return result;
  });

  readonly primary: ParserMethod<[], AcslExpression> = this.RULE("primary", () =>
    this.OR([
      { ALT: () => this.#leaf(this.CONSUME(t.Word), (token) => ({ kind: "name", name: token.image })) },
      { ALT: () => this.#leaf(this.CONSUME(t.Integer), (token) => this.#integer(token)) },
      {
        ALT: () =>
          this.#leaf(this.CONSUME(t.Real), (token) => ({
            kind: "unsupported",
            construct: `real number '${token.image}'`,
          })),
      },
      { ALT: () => this.#leaf(this.CONSUME(t.Character), (token) => this.#character(token)) },
      { ALT: () => this.#leaf(this.CONSUME(t.Text), () => ({ kind: "unsupported", construct: "string" })) },
      { ALT: () => this.#leaf(this.CONSUME(t.Builtin), (token) => builtin(token.image)) },
      { ALT: () => this.SUBRULE(this.at) },
      { ALT: () => this.SUBRULE(this.sizeof) },
      {
        ALT: () => {
          const first = this.CONSUME(t.LeftParen);
          const inner = this.SUBRULE(this.range);
          const last = this.CONSUME(t.RightParen);
          return this.ACTION((): AcslExpression => {
            const span = this.#source.between(first, last);
            return inner.kind === "range" ? { ...inner, span } : { kind: "parentheses", inner, span };
          });
        },
      },
      {
        ALT: () => {
          const first = this.CONSUME(t.LeftBrace);
          this.OPTION(() => this.SUBRULE(this.list));
          const last = this.CONSUME(t.RightBrace);
          return this.ACTION(
            (): AcslExpression => ({
              kind: "unsupported",
              construct: "set",
              span: this.#source.between(first, last),
            }),
          );
        },
      },
    ]),
  );

  /** `\old(t)` and `\at(t, L)`. */
  readonly at: ParserMethod<[], AcslExpression> = this.RULE("at", () => {
    const head = this.CONSUME(t.At);
    this.CONSUME(t.LeftParen);
    const argument = this.SUBRULE(this.unnamed);
    let label: IToken | null = null;
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      label = this.CONSUME(t.Word);
    });
    const last = this.CONSUME(t.RightParen);
    return this.ACTION((): AcslExpression => {
      const span = this.#source.between(head, last);
      const named = (label as IToken | null)?.image;
      if ((head.image === "\\at") !== (named !== undefined)) {
        const form = named === undefined ? "\\at(t, Label)" : "\\old(t)";
        this.#source.error(`${head.image} takes the form ${form}`, span);
      }
      return { kind: "at", label: named ?? "Pre", argument, span };
    });
  });

  readonly sizeof: ParserMethod<[], AcslExpression> = this.RULE("sizeof", () => {
    const head = this.CONSUME(t.Sizeof);
    this.CONSUME(t.LeftParen);
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.typeName);
        },
      },
      {
        ALT: () => {
          this.SUBRULE(this.unnamed);
        },
      },
    ]);
    const last = this.CONSUME(t.RightParen);
    return this.ACTION(
      (): AcslExpression => ({
        kind: "unsupported",
        construct: "sizeof",
        span: this.#source.between(head, last),
      }),
    );
  });

  #enter(): void {
    if (++this.#depth > MAX_NESTING && !this.RECORDING_PHASE) throw new NestingTooDeep(this.LA(1));
  }

  #until(first: AcslExpression): Span {
    return cover(first.span, this.#source.span(this.LA(0)));
  }

  #apply(head: AcslExpression, labels: readonly string[], list: readonly AcslExpression[]): AcslExpression {
    const span = this.#until(head);
    if (head.kind === "name") return { kind: "apply", name: head.name, labels, arguments: list, span };
    if (head.kind === "unsupported" && /^\\[a-z_]+$/.test(head.construct))
      return { kind: "apply", name: head.construct, labels, arguments: list, span };
    return { kind: "unsupported", construct: `function application ${this.#source.quote(span)}`, span };
  }

  #leaf(token: IToken, make: (token: IToken) => Leaf): AcslExpression {
    return this.ACTION(() => ({ ...make(token), span: this.#source.span(token) }) as AcslExpression);
  }

  #integer(token: IToken): Leaf {
    const value = readInteger(token.image);
    if (value !== null) return { kind: "integer", value };
    this.#source.error(`'${token.image.slice(0, 40)}' is not an integer`, this.#source.span(token));
    return { kind: "unsupported", construct: "number" };
  }

  #character(token: IToken): Leaf {
    const literal = readCharacter(token.image);
    if (literal.kind === "integer") return { kind: "integer", value: literal.value };
    if (literal.kind === "unsupported") return { kind: "unsupported", construct: literal.construct };
    this.#source.error(literal.message, this.#source.span(token));
    return { kind: "unsupported", construct: "character constant" };
  }

  #prefix(operator: IToken, argument: AcslExpression): AcslExpression {
    const span = cover(this.#source.span(operator), argument.span);
    switch (operator.image) {
      case "-":
      case "+":
      case "~":
      case "!":
        return { kind: "unary", operator: operator.image, argument, span };
      default:
        return { kind: operator.image === "*" ? "dereference" : "address", argument, span };
    }
  }

  #cast(first: IToken, words: readonly string[], argument: AcslExpression): AcslExpression {
    const span = cover(this.#source.span(first), argument.span);
    const name = words.join(" ");
    const known = this.#source.typedefs.get(name) ?? typeOfWords(words);
    if (name === "integer") return { kind: "cast", type: "integer", argument, span };
    if (known?.kind === "integer") return { kind: "cast", type: known.name, argument, span };
    return { kind: "unsupported", construct: `cast to '${name}'`, span };
  }
}

type Leaf = AcslExpression extends infer Node
  ? Node extends { span: unknown }
    ? Omit<Node, "span">
    : never
  : never;

function builtin(image: string): Leaf {
  if (image === "\\result") return { kind: "result" };
  if (image === "\\null") return { kind: "name", name: "NULL" };
  if (image === "\\true" || image === "\\false") return { kind: "boolean", value: image === "\\true" };
  return { kind: "unsupported", construct: image };
}
