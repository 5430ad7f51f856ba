(* Arithmetic: a hole in one case of a proof that is otherwise written. *)
Require Import Arith Lia.

Theorem even_or_odd : forall n : nat, exists k : nat, n = 2 * k \/ n = 2 * k + 1.
Proof.
  intros n. induction n as [|n IH].
  - exists 0. left. reflexivity.
  - destruct IH as [k [Even|Odd]].
    + exists k. right. admit.
    + exists (S k). left. admit.
Admitted.
