(* The second theorem follows from the first, which is not proved: no proof that uses it counts. *)
Axiom magic : nat -> nat.

Lemma magic_is_zero : forall n : nat, magic n = 0.
Proof.
Admitted.

Theorem magic_is_constant : forall n m : nat, magic n = magic m.
Proof.
Admitted.
