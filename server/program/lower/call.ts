import type { CExpression } from "../../../grammars/c/tree.ts";
import { type IntegerType, integerType } from "../integer.ts";
import { FALSE } from "../term.ts";
import { type Builtin, builtin } from "./builtin.ts";
import type { Context } from "./context.ts";
import { lowerContractCall } from "./contract-call.ts";
import { lowerCondition, lowerEffect } from "./expression.ts";
import type { Pointed } from "./pointed.ts";
import { declaredResult } from "./specifiers.ts";
import { type Value, variableValue } from "./value.ts";

type Call = CExpression & { kind: "call" };

/** What a call returns. */
export type Returned = Value | { readonly pointer: Pointed } | "none";

/** Evaluates a call that is a pointer expression; null after a message. */
export function lowerPointerCall(ctx: Context, call: Call): Pointed | null {
  const value = lowerCall(ctx, call);
  if (value === null) return null;
  if (value !== "none" && "pointer" in value) return value.pointer;
  ctx.unsupported(`${call.callee}() returns no pointer`, call.span);
  return null;
}

/** Lowers a call; `none` when it returns nothing, null after a message. */
export function lowerCall(ctx: Context, call: Call): Returned | null {
  if (ctx.resolve(call.callee) !== null) {
    ctx.unsupported(
      `the call cannot be followed: \`${call.callee}\` is a variable here, and calls through pointers are not supported; call a function by its name`,
      call.span,
    );
    return null;
  }
  const meaning = meaningOf(ctx, call.callee);
  const { functions, prototypes } = ctx.file;
  const ownContract = [...functions, ...prototypes].some(
    (one) => one.name === call.callee && one.contract !== null,
  );
  // A contract may say more than that the result is arbitrary, and what else changes.
  if (meaning === null || (meaning.kind === "arbitrary" && ownContract)) return lowerContractCall(ctx, call);
  if (!hasRightArguments(ctx, call, meaning)) return null;
  noteDefinition(ctx, call.callee);
  switch (meaning.kind) {
    case "arbitrary":
      return arbitrary(ctx, call, meaning.type);
    case "assume":
      lowerAssume(ctx, call);
      return "none";
    case "assert": {
      const argument = call.arguments[0]!;
      const condition = lowerCondition(ctx, argument);
      ctx.assert(condition, "assertion", ctx.text(argument.span), call.span);
      return "none";
    }
    case "error":
      ctx.assert(FALSE, "assertion", `${call.callee}() is not reached`, call.span);
      return "none";
    case "stop":
      for (const argument of call.arguments) lowerEffect(ctx, argument);
      ctx.graph.end({ kind: "return" });
      return "none";
  }
}

/** What the dialect says of a name; `abort` and `exit` are ordinary C, and where the file defines them they are what it says. */
function meaningOf(ctx: Context, callee: string): Builtin | null {
  const meaning = builtin(callee, ctx.reading);
  return meaning?.kind === "stop" && isDefined(ctx, callee) ? null : meaning;
}

function isDefined({ file }: Context, name: string): boolean {
  return [...file.functions, ...file.broken].some((fn) => fn.name === name);
}

function lowerAssume(ctx: Context, call: Call): void {
  const argument = call.arguments[0]!;
  const condition = lowerCondition(ctx, argument);
  ctx.graph.emit({ kind: "assume", condition, because: "assume", span: call.span });
  ctx.assume(`assume(${ctx.text(argument.span)}) at line ${call.span.line}`);
}

/** `unknown()`: any value of the type that the file declares for it, else of the one its name says. */
function arbitrary(ctx: Context, call: Call, byName: IntegerType): Value | null {
  const declared = declaredResult(ctx.file, call.callee);
  const type = declared?.kind === "integer" ? integerType(declared.name, ctx.reading) : null;
  if (declared !== undefined && type === null) {
    ctx.unsupported(
      `the type that ${call.callee}() returns is not an integer type; declare it as one`,
      call.span,
    );
    return null;
  }
  const { name } = ctx.temporary("unknown", type ?? byName, call.span);
  ctx.havoc(name, call.span);
  return variableValue(name, type ?? byName, ctx.reading);
}

/** The dialect gives these names their meaning whatever the file says; a reader should know when it says something. */
function noteDefinition(ctx: Context, callee: string): void {
  if (isDefined(ctx, callee))
    ctx.assume(`${callee}() means what it means in benchmarks, its definition in the file is not read`);
}

function hasRightArguments(ctx: Context, call: Call, meaning: Builtin): boolean {
  const count = call.arguments.length;
  const wanted = meaning.kind === "assume" || meaning.kind === "assert" ? 1 : call.callee === "exit" ? 1 : 0;
  const message = /^_?[Ss]tatic_assert$/.test(call.callee) && count === 2;
  if (count === wanted || message) return true;
  ctx.unsupported(
    `${call.callee}() takes ${wanted} argument${wanted === 1 ? "" : "s"}, here it has ${count}`,
    call.span,
  );
  return false;
}
