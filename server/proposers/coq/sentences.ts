// Sentences of Ltac that the whole proofs are made of. Each ends, and none fails where it has nothing to do.

/** Case analysis on whatever a `match` waits for, with simplification after each. */
export const BREAK =
  "repeat (match goal with |- context [match ?x with _ => _ end] => destruct x eqn:? " +
  "| _ : context [match ?x with _ => _ end] |- _ => destruct x eqn:? end; simpl in *; subst)";

/**
 * What costs nothing, again and again: witnesses and conjunctions of hypotheses, what follows from one by another, equations between
 * constructors, inversion where one case is left, and case analysis on what a `match` waits for.
 */
export const REASON =
  "repeat (match goal with H : exists _, _ |- _ => destruct H | H : _ /\\ _ |- _ => destruct H " +
  "| H : ?P -> _, F : ?P |- _ => lazymatch type of P with Prop => specialize (H F) end " +
  "| H : _ = _ |- _ => injection H; clear H; intros " +
  "| H : ?T |- _ => lazymatch T with _ = _ => fail | ~ _ => fail | forall _, _ => fail | _ => inversion H; [idtac]; clear H end " +
  "| |- context [match ?x with _ => _ end] => destruct x eqn:? " +
  "| _ : context [match ?x with _ => _ end] |- _ => destruct x eqn:? end; simpl in *; subst)";

/** Equations of the hypotheses, with their conditions where those are easy. */
export const REWRITE = "do 3 try match goal with H : _ |- _ => rewrite H by (auto; intuition) end";

/** Universal hypotheses put to what the context has of the right type, each once. */
export const SPECIALIZE =
  "repeat (match goal with H : forall _ : ?T, _, y : ?T |- _ => " +
  "let P := type of (H y) in lazymatch type of P with Prop => specialize (H y) end end; simpl in * )"; // without the blank a comment would end there

/** What is left of the premises of hypotheses, an induction hypothesis for instance, where simple reasoning proves it. */
export const DISCHARGE =
  "repeat (match goal with H : ?P -> _ |- _ => lazymatch type of P with Prop => let F := fresh in " +
  "assert (F : P) by (solve [intuition (subst; eauto; try congruence)]); specialize (H F); clear F end end; simpl in * )";

/** Universal hypotheses put to what the context has of the right type, and kept; nothing is said twice. */
export const INSTANCES =
  "do 6 try match goal with H : forall _ : ?T, _, y : ?T |- _ => let P := type of (H y) in " +
  "(match type of P with Prop => idtac end); (match goal with _ : P |- _ => fail 1 | _ => pose proof (H y) end) end";

/** A constructor where there is no choice to be made that may be wrong. */
export const CONSTRUCT = "try match goal with |- _ \\/ _ => idtac | _ => constructor end";

/** Rewriting with equations of the context, in the conclusion and in other hypotheses. */
export const EQUATIONS =
  "do 5 try match goal with H : ?x = _ |- context [?x] => rewrite H | H : ?x = _, F : context [?x] |- _ => rewrite H in F " +
  "| H : forall _, _ |- _ => rewrite H by (intuition (subst; eauto; try congruence)) end";

/** What lemmas say of hypotheses, beside what is known; a lemma's other premises have to be easy. */
export function forward(lemmas: readonly string[]): string {
  const applied = lemmas.map((name) => `apply ${name} in F`).join(" | ");
  return (
    "do 4 try match goal with H : ?P |- _ => match type of P with Prop => idtac end; let F := fresh in assert (F := H); " +
    `(first [${applied}]); [idtac | solve [eauto] ..]; ` +
    "(let Q := type of F in match goal with _ : Q, _ : Q |- _ => fail 1 | _ => idtac end) end"
  );
}

/** Backwards over a hypothesis with premises, an induction hypothesis for instance. */
export const BACKWARD = "try match goal with H : context [_ -> _] |- _ => apply H end";

/** How what is left may be finished. */
export const FINISHERS = ["intuition (subst; eauto; try congruence)", "eauto; try congruence"];
export const TRY_LIA = "; try lia";
export const ARITHMETIC = `intuition (subst; eauto; try congruence${TRY_LIA})`;
export const DATATYPES = "intuition (subst; eauto with datatypes; try congruence)";
