(* This does not hold: for two different elements the order matters. No proof may be offered. *)
Require Import List.
Import ListNotations.

Theorem app_commutes : forall (A : Type) (xs ys : list A), xs ++ ys = ys ++ xs.
Proof.
Admitted.
