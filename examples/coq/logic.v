(* Propositions: nothing but connectives. *)
Theorem distributes : forall P Q R : Prop, P /\ (Q \/ R) <-> (P /\ Q) \/ (P /\ R).
Proof.
Admitted.

Theorem not_both : forall P : Prop, ~ (P <-> ~ P).
Proof.
Admitted.
