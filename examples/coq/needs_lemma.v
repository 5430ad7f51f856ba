(* The statement is too weak for its own induction: that of the helper for every accumulator is needed first. *)
Require Import List.
Import ListNotations.

Fixpoint rev_onto {A : Type} (xs acc : list A) : list A :=
  match xs with
  | [] => acc
  | x :: rest => rev_onto rest (x :: acc)
  end.

Theorem rev_onto_is_rev : forall (A : Type) (xs : list A), rev_onto xs [] = rev xs.
Proof.
Admitted.
