(* An inductive predicate: induction on a derivation. *)
Require Import Arith Lia.

Inductive even : nat -> Prop :=
  | even_zero : even 0
  | even_step : forall n : nat, even n -> even (S (S n)).

Theorem even_sum : forall n m : nat, even n -> even m -> even (n + m).
Proof.
Admitted.

Theorem one_is_not_even : ~ even 1.
Proof.
Admitted.
