(* Trees: the depth is at most the size. *)
Require Import Arith Lia.

Inductive tree : Type :=
  | Leaf : tree
  | Node : tree -> nat -> tree -> tree.

Fixpoint size (t : tree) : nat :=
  match t with
  | Leaf => 0
  | Node l _ r => S (size l + size r)
  end.

Fixpoint depth (t : tree) : nat :=
  match t with
  | Leaf => 0
  | Node l _ r => S (Nat.max (depth l) (depth r))
  end.

Theorem depth_le_size : forall t : tree, depth t <= size t.
Proof.
Admitted.
