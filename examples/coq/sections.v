(* A section: what is proved in it uses its hypotheses. *)
Section Monoid.
  Variable M : Type.
  Variable op : M -> M -> M.
  Variable e : M.
  Hypothesis op_assoc : forall x y z : M, op x (op y z) = op (op x y) z.
  Hypothesis left_unit : forall x : M, op e x = x.
  Hypothesis right_unit : forall x : M, op x e = x.

  Theorem unit_unique : forall u : M, (forall x : M, op u x = x) -> u = e.
  Proof.
  Admitted.

  Theorem four : forall a b c d : M, op (op a b) (op c d) = op a (op (op b c) d).
  Proof.
  Admitted.
End Monoid.
