import type { IParserConfig, IToken, ParserMethod } from "chevrotain";
import type { Annotation } from "../../acsl/annotation.ts";
import { readCodeAnnotation, readLoopAnnotation } from "../../acsl/contract.ts";
import { annotationOf } from "../annotations.ts";
import type { Span } from "../span.ts";
import * as t from "../tokens.ts";
import type { CStatement } from "../tree.ts";
import { DeclarationParser } from "./declarations.ts";
import { localDeclaration } from "./locals.ts";

type Loop = Extract<CStatement, { kind: "while" | "do" | "for" }>;

/** Statements (C11 6.8), with ACSL annotations between them and before loops. */
export abstract class StatementParser extends DeclarationParser {
  /** `{ … }`. */
  readonly compound: ParserMethod<[], Extract<CStatement, { kind: "block" }>> = this.RULE("compound", () => {
    this.enter();
    this.openScope();
    const first = this.CONSUME(t.LeftBrace);
    const body: CStatement[] = [];
    this.MANY(() => {
      const items = this.SUBRULE(this.item);
      this.ACTION(() => body.push(...items));
    });
    this.CONSUME(t.RightBrace);
    this.closeScope();
    this.leave();
    return this.ACTION(() => ({ kind: "block", body, span: this.#from(first) }) as const);
  });

  /** What may stand in a block; an annotation may make several statements. */
  readonly item: ParserMethod<[], CStatement[]> = this.RULE("item", () =>
    this.OR([
      {
        ALT: () => {
          const declaration = this.SUBRULE(this.declaration);
          return this.ACTION(() => localDeclaration(declaration, this.source));
        },
      },
      {
        ALT: () => {
          const label = this.SUBRULE(this.label);
          return this.ACTION(() => [label]);
        },
      },
      { ALT: () => this.SUBRULE(this.annotation) },
      {
        ALT: () => {
          const ghost = this.SUBRULE(this.ghost);
          return this.ACTION(() => [ghost]);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.StaticAssert);
          this.SUBRULE(this.balanced);
          this.CONSUME(t.Semicolon);
          return [];
        },
      },
      {
        ALT: () => {
          const statement = this.SUBRULE(this.plain);
          return this.ACTION(() => [statement]);
        },
      },
    ]),
  );

  /** The one statement under `if`, `else`, a loop or `switch`; labels and annotations before it make it a block. */
  readonly statement: ParserMethod<[], CStatement> = this.RULE("statement", () => {
    this.enter();
    const first = this.LA(1);
    const before: CStatement[] = [];
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const label = this.SUBRULE(this.label);
            this.ACTION(() => before.push(label));
          },
        },
        {
          ALT: () => {
            const statements = this.SUBRULE(this.codeAnnotation);
            this.ACTION(() => before.push(...statements));
          },
        },
        {
          ALT: () => {
            const ghost = this.SUBRULE(this.ghost);
            this.ACTION(() => before.push(ghost));
          },
        },
      ]);
    });
    const last = this.OR1([
      { ALT: () => this.SUBRULE(this.annotatedLoop) },
      { ALT: () => this.SUBRULE(this.plain) },
    ]);
    this.leave();
    return this.ACTION((): CStatement => {
      if (before.length === 0) return last;
      return { kind: "block", body: [...before, last], span: this.#from(first) };
    });
  });

  readonly ghost: ParserMethod<[], CStatement> = this.RULE("ghost", () => {
    this.enter();
    const first = this.CONSUME(t.GhostOpen);
    const body: CStatement[] = [];
    this.MANY(() => {
      const items = this.SUBRULE(this.item);
      this.ACTION(() => body.push(...items));
    });
    this.CONSUME(t.GhostClose);
    this.leave();
    return this.ACTION((): CStatement => ({ kind: "ghost", body, span: this.source.span(first) }));
  });

  readonly label: ParserMethod<[], CStatement> = this.RULE("label", () => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Case);
          const value = this.SUBRULE(this.conditional);
          const range = this.OPTION(() => {
            this.CONSUME(t.Ellipsis);
            return this.SUBRULE1(this.conditional);
          });
          this.CONSUME(t.Colon);
          return this.ACTION((): CStatement => {
            const span = this.#from(first);
            return range === undefined
              ? { kind: "case", value, span }
              : { kind: "unsupported", construct: "case range", span };
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Default);
          this.CONSUME1(t.Colon);
          return this.ACTION((): CStatement => ({ kind: "case", value: null, span: this.#from(first) }));
        },
      },
      {
        ALT: () => {
          const name = this.CONSUME(t.Identifier);
          this.CONSUME2(t.Colon);
          return this.ACTION((): CStatement => {
            return { kind: "unsupported", construct: `label '${name.image}'`, span: this.#from(first) };
          });
        },
      },
    ]);
  });

  /** An annotation in a block: assertions, a loop with its annotation, or something that is named as unsupported. */
  readonly annotation: ParserMethod<[], CStatement[]> = this.RULE("annotation", () =>
    this.OR([
      { ALT: () => this.SUBRULE(this.codeAnnotation) },
      {
        ALT: () => {
          const loop = this.SUBRULE(this.annotatedLoop);
          return this.ACTION(() => [loop]);
        },
      },
    ]),
  );

  readonly codeAnnotation: ParserMethod<[], CStatement[]> = this.RULE("codeAnnotation", () =>
    this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(t.CodeAnnotation);
          return this.ACTION(() => this.#assertions(token));
        },
      },
      {
        ALT: () => {
          const token = this.CONSUME(t.ContractAnnotation);
          return this.ACTION((): CStatement[] => [
            { kind: "unsupported", construct: "contract of a statement", span: this.source.span(token) },
          ]);
        },
      },
    ]),
  );

  readonly annotatedLoop: ParserMethod<[], CStatement> = this.RULE("annotatedLoop", () => {
    const annotations: Annotation[] = [];
    this.AT_LEAST_ONE(() => {
      const token = this.CONSUME(t.LoopAnnotation);
      this.ACTION(() => annotations.push(annotationOf(token)));
    });
    const loop = this.SUBRULE(this.loop);
    return this.ACTION(() => ({ ...loop, annotation: readLoopAnnotation(annotations, this.source) }));
  });

  readonly loop: ParserMethod<[], Loop> = this.RULE("loop", () => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(t.While);
          this.CONSUME(t.LeftParen);
          const condition = this.SUBRULE(this.expression);
          this.CONSUME(t.RightParen);
          const body = this.SUBRULE(this.statement);
          return this.ACTION((): Loop => ({ kind: "while", condition, body, ...this.#header(first) }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Do);
          const body = this.SUBRULE1(this.statement);
          this.CONSUME1(t.While);
          this.CONSUME1(t.LeftParen);
          const condition = this.SUBRULE1(this.expression);
          this.CONSUME1(t.RightParen);
          this.CONSUME1(t.Semicolon);
          return this.ACTION((): Loop => ({ kind: "do", condition, body, ...this.#header(first) }));
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.For);
          this.CONSUME2(t.LeftParen);
          const init = this.SUBRULE(this.forInit);
          const condition = this.OPTION(() => this.SUBRULE2(this.expression));
          this.CONSUME2(t.Semicolon);
          const step = this.OPTION1(() => this.SUBRULE3(this.expression));
          this.CONSUME2(t.RightParen);
          const body = this.SUBRULE2(this.statement);
          return this.ACTION((): Loop => {
            return {
              kind: "for",
              init,
              condition: condition ?? null,
              step: step ?? null,
              body,
              ...this.#header(first),
            };
          });
        },
      },
    ]);
  });

  readonly forInit: ParserMethod<[], CStatement | null> = this.RULE("forInit", () => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          const declaration = this.SUBRULE(this.declaration);
          return this.ACTION(() => localDeclaration(declaration, this.source)[0] ?? null);
        },
      },
      {
        ALT: () => {
          const expression = this.OPTION(() => this.SUBRULE(this.expression));
          this.CONSUME(t.Semicolon);
          return this.ACTION((): CStatement | null =>
            expression === undefined ? null : { kind: "expression", expression, span: this.#from(first) },
          );
        },
      },
    ]);
  });

  /** A statement without labels and annotations before it. */
  readonly plain: ParserMethod<[], CStatement> = this.RULE("plain", () => {
    const first = this.LA(1);
    return this.OR([
      { ALT: (): CStatement => this.SUBRULE(this.compound) },
      { ALT: () => this.SUBRULE(this.loop) },
      { ALT: () => this.SUBRULE(this.selection) },
      { ALT: () => this.SUBRULE(this.jump) },
      {
        ALT: () => {
          this.CONSUME(t.Asm);
          this.MANY(() =>
            this.OR1([{ ALT: () => this.CONSUME(t.Qualifier) }, { ALT: () => this.CONSUME(t.Goto) }]),
          );
          this.SUBRULE(this.balanced);
          this.CONSUME(t.Semicolon);
          return this.ACTION((): CStatement => {
            return { kind: "unsupported", construct: "inline assembly", span: this.#from(first) };
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME1(t.Semicolon);
          return this.ACTION((): CStatement => ({ kind: "empty", span: this.#from(first) }));
        },
      },
      {
        ALT: () => {
          const expression = this.SUBRULE(this.expression);
          this.CONSUME2(t.Semicolon);
          return this.ACTION((): CStatement => ({ kind: "expression", expression, span: this.#from(first) }));
        },
      },
    ]);
  });

  readonly selection: ParserMethod<[], CStatement> = this.RULE("selection", () => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(t.If);
          this.CONSUME(t.LeftParen);
          const condition = this.SUBRULE(this.expression);
          this.CONSUME(t.RightParen);
          const then = this.SUBRULE(this.statement);
          const otherwise = this.OPTION(() => {
            this.CONSUME(t.Else);
            return this.SUBRULE1(this.statement);
          });
          return this.ACTION((): CStatement => {
            return { kind: "if", condition, then, else: otherwise ?? null, span: this.#from(first) };
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Switch);
          this.CONSUME1(t.LeftParen);
          const value = this.SUBRULE1(this.expression);
          this.CONSUME1(t.RightParen);
          const body = this.SUBRULE2(this.statement);
          return this.ACTION((): CStatement => ({ kind: "switch", value, body, span: this.#from(first) }));
        },
      },
    ]);
  });

  readonly jump: ParserMethod<[], CStatement> = this.RULE("jump", () => {
    const first = this.LA(1);
    const make = this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Break);
          return (span: Span): CStatement => ({ kind: "break", span });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Continue);
          return (span: Span): CStatement => ({ kind: "continue", span });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Return);
          const value = this.OPTION(() => this.SUBRULE(this.expression));
          return (span: Span): CStatement => ({ kind: "return", value: value ?? null, span });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Goto);
          let construct = "goto to a computed label";
          this.OR1([
            {
              ALT: () => {
                const label = this.CONSUME(t.Identifier);
                construct = `goto '${label.image}'`;
              },
            },
            {
              ALT: () => {
                this.CONSUME(t.Star);
                this.SUBRULE1(this.expression);
              },
            },
          ]);
          return (span: Span): CStatement => ({ kind: "unsupported", construct, span });
        },
      },
    ]);
    this.CONSUME(t.Semicolon);
    return this.ACTION(() => make(this.#from(first)));
  });

  #from(first: IToken): Span {
    return this.source.between(first, this.LA(0));
  }

  #header(first: IToken) {
    return { annotation: null, keyword: this.source.span(first), span: this.#from(first) };
  }

  #assertions(token: IToken): CStatement[] {
    return readCodeAnnotation(annotationOf(token), this.source).map((read): CStatement => {
      if (read.kind === "unsupported") return { ...read, construct: `ACSL annotation '${read.construct}'` };
      return { kind: "acsl-assert", how: read.how, clause: read.clause, span: read.clause.span };
    });
  }
}

/** The parser of whole items: the grammar's entry points are `definition` and `declaration`. */
export class CParser extends StatementParser {
  constructor(config: IParserConfig = {}) {
    super(config);
    this.performSelfAnalysis();
  }

  /** A function with its body; a missing return type means `int`, as in C89. */
  readonly definition = this.RULE("definition", () => {
    const first = this.LA(1);
    const specifiers = this.OPTION(() => this.SUBRULE(this.specifiers));
    const declarator = this.SUBRULE(this.declarator);
    const body = this.SUBRULE(this.compound);
    return this.ACTION(() => ({
      specifiers: specifiers ?? {
        type: { kind: "integer", name: "int" } as const,
        storage: [],
        isConst: false,
      },
      declarator,
      body: body.body,
      span: this.source.between(first, this.LA(0)),
    }));
  });
}
