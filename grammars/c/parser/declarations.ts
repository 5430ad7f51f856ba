import type { IToken, ParserMethod } from "chevrotain";
import type { Span } from "../span.ts";
import * as t from "../tokens.ts";
import type { CDeclarator, CExpression, CMember, CType } from "../tree.ts";
import { constantOf } from "./constants.ts";
import { ExpressionParser } from "./expressions.ts";
import { type Declarator, describeType, type Specifiers, typeOf } from "./shapes.ts";

/** One declarator of a declaration, with what stands behind it. */
export interface InitDeclarator {
  readonly declarator: Declarator;
  readonly initializer: CExpression | null;
  readonly span: Span;
}

/** A declaration as read: what it declares depends on the storage class and each declarator's shape. */
export interface Declaration {
  readonly specifiers: Specifiers;
  readonly declarators: readonly InitDeclarator[];
  readonly span: Span;
}

/** Declarations (C11 6.7): specifiers in any order, several declarators, and the shapes of pointers, arrays and functions. */
export abstract class DeclarationParser extends ExpressionParser {
  readonly declaration: ParserMethod<[], Declaration> = this.RULE("declaration", () => {
    const first = this.LA(1);
    const specifiers = this.SUBRULE(this.specifiers);
    const declarators: InitDeclarator[] = [];
    const add = (one: InitDeclarator) => this.ACTION(() => declarators.push(one));
    this.OPTION({
      // A declarator may be all optional parts, and a structure needs none.
      GATE: () => this.LA(1).tokenType !== t.Semicolon,
      DEF: () => {
        add(this.SUBRULE(this.initDeclarator));
        this.MANY(() => {
          this.CONSUME(t.Comma);
          add(this.SUBRULE1(this.initDeclarator));
        });
      },
    });
    this.CONSUME(t.Semicolon);
    return this.ACTION(() => ({ specifiers, declarators, span: this.source.between(first, this.LA(0)) }));
  });

  readonly initDeclarator: ParserMethod<[], InitDeclarator> = this.RULE("initDeclarator", () => {
    const first = this.LA(1);
    const declarator = this.SUBRULE(this.declarator);
    const initializer = this.OPTION(() => {
      this.CONSUME(t.Equals);
      return this.SUBRULE(this.initializer);
    });
    return this.ACTION(() => {
      if (declarator.name === null) {
        this.source.error("expected a name in the declaration", this.source.span(first));
      }
      return { declarator, initializer: initializer ?? null, span: this.source.between(first, this.LA(0)) };
    });
  });

  readonly specifiers: ParserMethod<[], Specifiers> = this.RULE("specifiers", () => {
    const tokens: IToken[] = [];
    const other: string[] = [];
    let named: CType | null = null;
    const first = this.LA(1);
    this.AT_LEAST_ONE(() => {
      this.OR([
        { ALT: () => tokens.push(this.CONSUME(t.TypeWord)) },
        { ALT: () => tokens.push(this.CONSUME(t.TypeName)) },
        { ALT: () => tokens.push(this.CONSUME(t.Qualifier)) },
        { ALT: () => tokens.push(this.CONSUME(t.Storage)) },
        {
          ALT: () => {
            const type = this.SUBRULE(this.tagged);
            this.ACTION(() => {
              if (type.kind === "other") other.push(type.text);
              else named = type;
            });
          },
        },
        {
          ALT: () => {
            const text = this.SUBRULE(this.attribute);
            this.ACTION(() => text !== null && other.push(text));
          },
        },
        {
          ALT: () => {
            const head = this.OR1([
              { ALT: () => this.CONSUME(t.TypeOf) },
              { ALT: () => this.CONSUME(t.Alignas) },
            ]);
            this.SUBRULE(this.balanced);
            this.ACTION(() => other.push(head.image));
          },
        },
      ]);
    });
    return this.ACTION(() =>
      describeType(tokens, other, named, this.source, this.source.between(first, this.LA(0))),
    );
  });

  /** `struct S`, `enum { A, B }`: the type, and what its braces declare. Unions are named but not read. */
  readonly tagged: ParserMethod<[], CType> = this.RULE("tagged", () => {
    const head = this.CONSUME(t.Tag);
    const before = this.ACTION(() => this.source.layoutAttributes);
    const attributes: string[] = [];
    const add = (text: string | null) => this.ACTION(() => text !== null && attributes.push(text));
    this.MANY(() => add(this.SUBRULE(this.attribute)));
    const name = this.OPTION(() =>
      this.OR([{ ALT: () => this.CONSUME(t.Identifier) }, { ALT: () => this.CONSUME(t.TypeName) }]),
    );
    let members: CMember[] | null = null;
    let values: readonly bigint[] | null = null;
    this.OPTION1(() => {
      this.OR1([
        {
          GATE: () => head.image === "struct",
          ALT: () => {
            members = this.SUBRULE(this.members);
          },
        },
        {
          GATE: () => head.image === "enum",
          ALT: () => {
            values = this.SUBRULE(this.enumerators);
          },
        },
        { GATE: () => head.image === "union", ALT: () => this.SUBRULE(this.braces) },
      ]);
    });
    this.MANY1(() => add(this.SUBRULE1(this.attribute)));
    return this.ACTION((): CType => {
      // Packing and alignment move the members of a structure, but change the values of an enumeration.
      const odd = attributes.filter((text) => head.image !== "struct" || !LAYOUT.test(text));
      const other: CType = { kind: "other", text: [head.image, ...odd, name?.image ?? "{…}"].join(" ") };
      if (head.image === "struct") {
        const tag = name?.image ?? `#${this.source.structures.size + 1}`;
        if (this.source.layoutAttributes > before) this.source.oddStructures.add(tag);
        // They are the structure's own, and no other type's.
        this.source.layoutAttributes = before;
        if (members !== null && name !== undefined && this.isInner) this.#inner(head, name);
        else if (members !== null) this.source.structures.set(tag, members);
        return odd.length > 0 ? other : { kind: "structure", tag };
      }
      if (odd.length > 0) return other;
      // gcc gives an enumeration the type unsigned int when no constant is negative.
      if (head.image === "enum") {
        const key = `enum ${name?.image ?? ""}`;
        if (values !== null && name !== undefined)
          this.source.negativeEnums.set(
            key,
            (values as readonly bigint[]).some((value) => value < 0n),
          );
        const negative =
          (values as readonly bigint[] | null)?.some((value) => value < 0n) ??
          this.source.negativeEnums.get(key);
        if (negative !== undefined) return { kind: "integer", name: negative ? "int" : "unsigned int" };
      }
      return other;
    });
  });

  /** What braces declare in a block would hide what the file declares, which is read as one scope. */
  #inner(head: IToken, name: IToken): void {
    this.source.error(
      `\`${head.image} ${name.image}\` is defined inside a function, which is not supported yet: define it outside`,
      this.source.span(name),
    );
  }

  /** The members of a structure (C11 6.7.2.1). */
  readonly members: ParserMethod<[], CMember[]> = this.RULE("members", () => {
    const members: CMember[] = [];
    this.enter();
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      const first = this.LA(1);
      const before = members.length;
      const specifiers = this.SUBRULE(this.specifiers);
      this.OPTION({
        GATE: () => this.LA(1).tokenType !== t.Semicolon,
        DEF: () => {
          this.SUBRULE(this.member, { ARGS: [specifiers, members] });
          this.MANY1(() => {
            this.CONSUME(t.Comma);
            this.SUBRULE1(this.member, { ARGS: [specifiers, members] });
          });
        },
      });
      this.CONSUME(t.Semicolon);
      this.ACTION(() => {
        // A structure without a name is a member all the same (C11 6.7.2.1p13).
        if (members.length > before) return;
        const type: CType = { kind: "other", text: "member without a name" };
        members.push({ name: "", type, span: this.source.between(first, this.LA(0)) });
      });
    });
    this.CONSUME(t.RightBrace);
    this.leave();
    return members;
  });

  readonly member: ParserMethod<[Specifiers, CMember[]], void> = this.RULE(
    "member",
    (specifiers: Specifiers, members: CMember[]) => {
      const first = this.LA(1);
      const declarator = this.SUBRULE(this.declarator);
      let bits = false;
      this.OPTION(() => {
        this.CONSUME(t.Colon);
        this.SUBRULE(this.conditional);
        bits = true;
      });
      this.ACTION(() => {
        const type: CType = bits ? { kind: "other", text: "bit-field" } : typeOf(specifiers, declarator);
        members.push({
          name: declarator.name?.image ?? "",
          type,
          span: this.source.between(first, this.LA(0)),
        });
      });
    },
  );

  /** The constants of an enumeration (C11 6.7.2.2). */
  readonly enumerators: ParserMethod<[], bigint[]> = this.RULE("enumerators", () => {
    const values: bigint[] = [];
    this.enter();
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      const name = this.CONSUME(t.Identifier);
      const given = this.OPTION(() => {
        this.CONSUME(t.Equals);
        return this.SUBRULE(this.conditional);
      });
      this.OPTION1(() => this.CONSUME(t.Comma));
      this.ACTION(() => {
        const value =
          given === undefined ? (values.at(-1) ?? -1n) + 1n : constantOf(given, this.source.enumerators);
        if (value === null || BigInt.asIntN(32, value) !== value) {
          const what = value === null ? "is not a constant that can be read" : "is no `int`";
          this.source.error(`the value of '${name.image}' ${what}`, this.source.span(name));
          return;
        }
        values.push(value);
        if (this.isInner)
          this.source.error(
            `the constant \`${name.image}\` is declared inside a function, which is not supported yet: declare its enumeration outside`,
            this.source.span(name),
          );
        else this.source.enumerators.set(name.image, value);
      });
    });
    this.CONSUME(t.RightBrace);
    this.leave();
    return values;
  });

  /** A body in braces that is skipped over; what it declares is not supported yet. */
  readonly braces: ParserMethod<[], void> = this.RULE("braces", () => {
    this.enter();
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.braces) },
        ...UNBRACED.map((type, index) => ({ ALT: () => this.consume(index, type) })),
      ] as { ALT: () => unknown }[]);
    });
    this.CONSUME(t.RightBrace);
    this.leave();
  });

  /** `__attribute__((…))`, and `__asm__("name")` behind a declarator; null when it changes nothing that matters here. */
  readonly attribute: ParserMethod<[], string | null> = this.RULE("attribute", () => {
    const head = this.CONSUME(t.Attribute);
    this.SUBRULE(this.balanced);
    return this.ACTION(() => {
      const text = this.source.text.slice(head.startOffset, this.LA(0).endOffset! + 1);
      if (/packed|aligned|order|struct/.test(text)) this.source.layoutAttributes++;
      return HARMLESS.test(text.replace(/\s+/g, "")) ? null : text.replace(/\s+/g, " ");
    });
  });

  /** Named or abstract: whoever needs the name checks for it. */
  readonly declarator: ParserMethod<[], Declarator> = this.RULE("declarator", () => {
    this.enter();
    let pointers = 0;
    const attributes: string[] = [];
    const qualify = ({ image }: IToken) =>
      this.ACTION(() => /volatile|_Atomic/.test(image) && attributes.push(image));
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Star);
            pointers++;
          },
        },
        { ALT: () => qualify(this.CONSUME(t.Qualifier)) },
        {
          ALT: () => {
            const text = this.SUBRULE(this.attribute);
            this.ACTION(() => text !== null && attributes.push(text));
          },
        },
      ]);
    });
    let name: IToken | null = null;
    let inner: Declarator | null = null;
    this.OPTION({
      // `(` begins a parameter list, not a declarator in parentheses, when a type or `)` follows.
      GATE: () => this.LA(1).tokenType !== t.LeftParen || INNER.has(this.LA(2).tokenType),
      DEF: () => {
        this.OR1([
          {
            ALT: () => {
              name = this.CONSUME(t.Identifier);
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.LeftParen);
              inner = this.SUBRULE(this.declarator);
              this.CONSUME(t.RightParen);
            },
          },
        ]);
      },
    });
    const suffixes: Declarator["suffixes"][number][] = [];
    this.MANY1(() => {
      this.OR2([
        {
          ALT: () => {
            const first = this.CONSUME(t.LeftBracket);
            this.MANY2(() => {
              this.OR3([
                { ALT: () => qualify(this.CONSUME1(t.Qualifier)) },
                { ALT: () => this.CONSUME(t.Storage) },
              ]);
            });
            const size = this.OPTION1(() => this.SUBRULE(this.assignment));
            const last = this.CONSUME(t.RightBracket);
            this.ACTION(() =>
              suffixes.push({
                kind: "array",
                size: size ?? null,
                text: this.source.text.slice(first.startOffset, last.endOffset! + 1),
              }),
            );
          },
        },
        {
          ALT: () => {
            const parameters = this.SUBRULE(this.parameters);
            this.ACTION(() => suffixes.push({ kind: "function", parameters }));
          },
        },
      ]);
    });
    this.MANY3(() => {
      this.OR4([
        {
          ALT: () => {
            const text = this.SUBRULE1(this.attribute);
            this.ACTION(() => text !== null && attributes.push(text));
          },
        },
        {
          ALT: () => {
            const head = this.CONSUME(t.Asm);
            this.SUBRULE(this.balanced);
            // The linker's name of a variable may be another variable's: then one is written with the other.
            this.ACTION(() => {
              if (suffixes.some(({ kind }) => kind === "function")) return;
              const text = this.source.text.slice(head.startOffset, this.LA(0).endOffset! + 1);
              attributes.push(text.replace(/\s+/g, " "));
            });
          },
        },
      ]);
    });
    this.leave();
    return this.ACTION(() => ({
      name: name ?? (inner as Declarator | null)?.name ?? null,
      pointers,
      inner,
      suffixes,
      attributes,
    }));
  });

  readonly parameters: ParserMethod<[], CDeclarator[]> = this.RULE("parameters", () => {
    const list: CDeclarator[] = [];
    const add = (parameter: CDeclarator) => this.ACTION(() => list.push(parameter));
    this.CONSUME(t.LeftParen);
    this.openScope();
    this.OPTION(() => {
      add(this.SUBRULE(this.parameter));
      this.MANY(() => {
        this.CONSUME(t.Comma);
        add(this.SUBRULE1(this.parameter));
      });
    });
    this.closeScope();
    this.CONSUME(t.RightParen);
    // `(void)`: no parameters.
    return this.ACTION(() =>
      list.length === 1 && list[0]!.name === "" && list[0]!.type.kind === "void" ? [] : list,
    );
  });

  /** One parameter; its name is "" when it has none. `...` is a parameter of that name. */
  readonly parameter: ParserMethod<[], CDeclarator> = this.RULE("parameter", () => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          const specifiers = this.SUBRULE(this.specifiers);
          const declarator = this.SUBRULE(this.declarator);
          return this.ACTION((): CDeclarator => {
            const span = this.source.between(first, this.LA(0));
            const type = typeOf(specifiers, declarator);
            return { name: declarator.name?.image ?? "", type, initializer: null, span };
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Ellipsis);
          return this.ACTION((): CDeclarator => {
            const span = this.source.span(first);
            return { name: "...", type: { kind: "other", text: "..." }, initializer: null, span };
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Identifier);
          return this.ACTION((): CDeclarator => {
            const span = this.source.span(first);
            const message = `the parameter '${first.image}' has no type: write one before it (old-style definitions are not supported yet)`;
            this.source.error(message, span);
            return { name: first.image, type: { kind: "other", text: "no type" }, initializer: null, span };
          });
        },
      },
    ]);
  });

  readonly typeName: ParserMethod<[], CType> = this.RULE("typeName", () => {
    const specifiers = this.SUBRULE(this.specifiers);
    const declarator = this.SUBRULE(this.declarator);
    return this.ACTION(() => typeOf(specifiers, declarator));
  });
}

const UNBRACED = t.PARSED.filter((type) => type !== t.LeftBrace && type !== t.RightBrace);

const INNER = new Set([t.Star, t.Identifier, t.LeftParen, t.Attribute]);

/** Attributes that change where members lie, and so the size of a structure. */
const LAYOUT = /^__attribute(?:__)? ?\(\((?:[, ]|_*(?:packed|aligned)_*(?: ?\([^()]*\))?)*\)\)$/;

/** Attributes that change neither what a function computes nor the values of a type. */
const HARMLESS =
  /^__attribute(?:__)?\(\((?:,|_*(?:noreturn|unused|used|always_inline|noinline|const|pure|nothrow|leaf|cold|hot|deprecated|warn_unused_result|malloc|artificial|gnu_inline|format|nonnull|visibility|section|aligned|optimize|no_instrument_function)_*(?:\([^()]*\))?)*\)\)$/;
