(* A small language: an optimisation keeps the meaning. *)
Require Import Arith Lia.

Inductive expr : Type :=
  | Num : nat -> expr
  | Plus : expr -> expr -> expr
  | Times : expr -> expr -> expr.

Fixpoint eval (e : expr) : nat :=
  match e with
  | Num n => n
  | Plus a b => eval a + eval b
  | Times a b => eval a * eval b
  end.

Fixpoint swap (e : expr) : expr :=
  match e with
  | Num n => Num n
  | Plus a b => Plus (swap b) (swap a)
  | Times a b => Times (swap b) (swap a)
  end.

Theorem swap_correct : forall e : expr, eval (swap e) = eval e.
Proof.
Admitted.
