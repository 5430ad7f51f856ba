(* Lists: a first induction. *)
Require Import List.
Import ListNotations.

Theorem app_length_comm : forall (A : Type) (xs ys : list A),
  length (xs ++ ys) = length (ys ++ xs).
Proof.
Admitted.
