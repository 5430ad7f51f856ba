import { checkEmptiness } from "../checker/emptiness.ts";
import type { Call, Configuration } from "../checker/inclusion.ts";
import type { Derived, DerivedDecoder } from "../derive/derive.ts";
import { END, type Exp, inOrder, type Letter, NONE, oneOf } from "../derive/expression.ts";
import { LAST } from "../derive/lexer.ts";

/**
 * A certificate for the proved checker (Checker.v): the automata that the TypeScript checker derived, as tables of positive
 * numbers, and for each claim a theorem whose proof is that the checker says yes, computed by `vm_compute`.
 */
export function coqSource({ machine, nodes, exits, decoders }: Derived): string {
  const { asked } = checkEmptiness(nodes, machine, exits);
  const names = new Map<string, number>();
  const named = (name: string): number => names.get(name) ?? names.set(name, names.size + 1).get(name)!;
  const call = (returns: Call) => list([...returns].map(([sort, place]) => pair(named(sort), place + 1)));
  const places = machine.places.map((place, index) => ({ ...place, at: index + 1 }));
  const lines = [
    "(* Written by `touchstone grammar check --certificates`. *)",
    "From Coq Require Import List PArith FMapPositive.",
    "From Touchstone Require Import Checker.",
    "Import ListNotations. Open Scope positive_scope.",
    "Definition table {A} (l : list (positive * A)) : PositiveMap.t A :=",
    "  fold_left (fun m e => PositiveMap.add (fst e) (snd e) m) l (PositiveMap.empty A).",
    "Definition look {A} (d : A) (m : PositiveMap.t A) (k : positive) : A :=",
    "  match PositiveMap.find k m with Some a => a | None => d end.",
    "Definition C l p w := {| lexer := l; place := p; waits := w |}.",
    ...map(
      "tokens_of",
      places.map(({ at, tokens }) =>
        pair(at, list([...tokens].map(([token, to]) => pair(named(token), to + 1)))),
      ),
    ),
    ...map(
      "calls_of",
      places.map(({ at, calls }) =>
        pair(at, list(calls.map(({ rule, returns }) => pair(machine.starts.get(rule)! + 1, call(returns))))),
      ),
    ),
    ...map(
      "first_of",
      [...machine.starts].map(([rule, start]) =>
        pair(
          start + 1,
          `table ${list([...machine.first.get(rule)!].map((token) => pair(named(token), "tt")))}`,
        ),
      ),
    ),
    ...map(
      "ends_of",
      places.flatMap(({ at, ends }) => (ends === null ? [] : [pair(at, named(ends))])),
    ),
    "Definition first_in p t := match PositiveMap.find p first_of with",
    "  | Some m => match PositiveMap.find t m with Some _ => true | None => false end | None => false end.",
    `Definition is_bottom (c : call) := existsb (fun e => snd e =? ${machine.accept + 1}) c.`,
    "Definition parser (rows : positive -> list (positive * (list positive * positive))) chars refs final :=",
    "  {| row := rows; tokens := look [] tokens_of; calls := look [] calls_of; first := first_in;",
    "     ends := fun p => PositiveMap.find p ends_of; bottom := is_bottom;",
    `     done := ${machine.done + 1}; chars := chars; refs := refs; final := final |}.`,
    "",
    ...map(
      "moves_of",
      nodes.moves.map((row, node) =>
        pair(
          node + 1,
          `table ${list([...row].map(([token, to]) => pair(named(token), list(to.map((one) => `${one + 1}`)))))}`,
        ),
      ),
    ),
    "Definition moves n t := match PositiveMap.find n moves_of with Some m => look [] m t | None => [] end.",
    ...map("exits_of", entries(asked, exits, named)),
    "Definition alone := parser (fun _ => []) (fun _ => []) (fun _ => []) (fun _ => false).",
    `Lemma safe_holds : check_emptiness alone moves exits_of (Nat.mul 400 400) ${machine.start + 1} 1 ${named(machine.sort)} ${named(LAST)} = true.`,
    "Proof. vm_compute. reflexivity. Qed.",
    `Theorem nothing_unsafe : forall ts n m, reads alone ${machine.start + 1} ts ${named(machine.sort)} ->`,
    `  path moves 1 ts n -> ~ In m (moves n ${named(LAST)}).`,
    "Proof. exact (emptiness _ _ _ _ _ _ _ _ safe_holds). Qed.",
    "Print Assumptions nothing_unsafe.",
    ...decoders.flatMap((decoder, index) => decoderLines(decoder, index + 1, named, call)),
  ];
  return `${lines.join("\n")}\n`;

  function decoderLines(
    decoder: DerivedDecoder,
    number: number,
    token: typeof named,
    waiting: typeof call,
  ): readonly string[] {
    const { rules, chars, refs, final, root } = decoderTables(decoder);
    const config = ({ lexer, place, calls }: Configuration) =>
      `C ${lexer + 1} ${place + 1} ${list(calls.map(waiting))}`;
    const used = new Set(chars.flatMap((row) => row.map(([letter]) => letter)));
    const begin: Configuration = {
      lexer: 0,
      place: machine.start,
      calls: [new Map([[machine.sort, machine.accept]])],
    };
    const states = new Set([
      0,
      ...decoder.summaries.flatMap(({ from, to }) => [from, ...to].map((one) => one.lexer)),
    ]);
    const rows: string[] = [];
    for (const state of states) {
      const steps = [...decoder.rows[state]!].filter(([letter]) => used.has(letter));
      for (const [, { to }] of steps) states.add(to);
      rows.push(
        pair(
          state + 1,
          list(steps.map(([letter, { out, to }]) => pair(code(letter), pair(list(out.map(token)), to + 1)))),
        ),
      );
    }
    const byRule = Map.groupBy(decoder.summaries, ({ rule }) => rules.get(rule)!);
    const summaries = [...byRule].map(([at, all]) => {
      const one = all.map(
        ({ from, to }) => `{| rule := ${at}; from := ${config(from)}; to := ${list(to.map(config))} |}`,
      );
      return pair(at, list(one));
    });
    const state = (row: readonly (readonly [Letter, number])[], at: number) =>
      pair(at + 1, list(row.map(([letter, to]) => pair(code(letter), to + 1))));
    return [
      "",
      `(* ${decoder.file} *)`,
      ...map(`rows_${number}`, rows),
      ...map(`chars_${number}`, chars.map(state)),
      ...map(
        `refs_${number}`,
        refs.map((row, at) => pair(at + 1, list(row.map(([rule, to]) => pair(rules.get(rule)!, to + 1))))),
      ),
      ...map(
        `final_${number}`,
        final.flatMap((yes, at) => (yes ? [pair(at + 1, "tt")] : [])),
      ),
      ...map(`summaries_${number}`, summaries),
      `Definition decoder_${number} := parser (look [] rows_${number}) (look [] chars_${number}) (look [] refs_${number})`,
      `  (fun d => match PositiveMap.find d final_${number} with Some _ => true | None => false end).`,
      `Lemma within_${number}_holds : check_inclusion decoder_${number} 400 (Nat.mul 400 400) summaries_${number} ${root} (${config(begin)}) = true.`,
      "Proof. vm_compute. reflexivity. Qed.",
      `Theorem decoder_within_parser_${number} : forall w, derives decoder_${number} ${root} w ->`,
      `  accepts decoder_${number} 1 ${machine.start + 1} ${list(begin.calls.map(waiting))} [] w.`,
      `Proof. exact (inclusion _ _ _ _ _ _ within_${number}_holds). Qed.`,
      `Print Assumptions decoder_within_parser_${number}.`,
    ];
  }
}

/** The decoder's rules as automata whose states are numbered through; numbers of rules are those of their first states. */
function decoderTables({ bodies, symbols }: DerivedDecoder) {
  const states: Exp[] = [];
  const known = new Map<string, number>();
  // The same expression in two rules is one state: what may come behind it is the same.
  const stateOf = (exp: Exp): number =>
    known.get(exp.key) ?? known.set(exp.key, states.push(exp) - 1).get(exp.key)!;
  const rules = new Map([...bodies].map(([rule, body]) => [rule, stateOf(body) + 1] as const));
  const root = stateOf(inOrder([oneOf(new Set(["root"])), oneOf(new Set([END]))])) + 1;
  const chars: (readonly [Letter, number])[][] = [];
  const refs: (readonly [string, number])[][] = [];
  for (const exp of states) {
    const on = <Key extends Letter>(keys: Iterable<Key>) =>
      [...keys].flatMap((key): (readonly [Key, number])[] => {
        const after = exp.after(key);
        return after === NONE ? [] : [[key, stateOf(after)]];
      });
    chars.push(on(symbols));
    refs.push(on(bodies.keys()));
  }
  return { rules, root, chars, refs, final: states.map(({ empty }) => empty) };
}

/** All that are asked for, also those without an end. */
function entries(
  asked: ReadonlySet<string>,
  exits: Derived["exits"],
  named: (name: string) => number,
): readonly string[] {
  const all = [...asked].map((key) => [key, exits.get(key) ?? []] as const);
  const byPlace = Map.groupBy(all, ([key]) => Number(key.split(" ")[0]));
  return [...byPlace].map(([place, here]) =>
    pair(
      place + 1,
      `table ${list(
        here.map(([key, ends]) =>
          pair(Number(key.split(" ")[1]) + 1, list(ends.map(([sort, node]) => pair(named(sort), node + 1)))),
        ),
      )}`,
    ),
  );
}

function code(letter: Letter): number {
  return Number(letter) + 1;
}

function map(name: string, rows: readonly string[]): readonly string[] {
  return [`Definition ${name} := Eval vm_compute in table ${list(rows, "\n  ")}.`];
}

function list(items: readonly (string | number)[], between = ""): string {
  return `[${items.join(`;${between}`)}]`;
}

function pair(left: string | number, right: string | number): string {
  return `(${left}, ${right})`;
}
