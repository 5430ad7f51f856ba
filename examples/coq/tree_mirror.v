(* Trees: a mirror image twice is the tree itself. *)
Inductive tree (A : Type) : Type :=
  | Leaf : tree A
  | Node : tree A -> A -> tree A -> tree A.

Arguments Leaf {A}.
Arguments Node {A} _ _ _.

Fixpoint mirror {A : Type} (t : tree A) : tree A :=
  match t with
  | Leaf => Leaf
  | Node l x r => Node (mirror r) x (mirror l)
  end.

Theorem mirror_involutive : forall (A : Type) (t : tree A),
  mirror (mirror t) = t.
Proof.
Admitted.
