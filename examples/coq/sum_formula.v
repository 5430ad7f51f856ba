(* Arithmetic: the sum of the first numbers. *)
Require Import Arith Lia.

Fixpoint sum (n : nat) : nat :=
  match n with
  | 0 => 0
  | S m => n + sum m
  end.

Theorem sum_closed : forall n : nat, 2 * sum n = n * (n + 1).
Proof.
Admitted.
