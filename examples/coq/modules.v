(* A module that implements a signature; what the signature promises has to be proved. *)
Require Import List Arith.
Import ListNotations.

Module Type STACK.
  Parameter stack : Type.
  Parameter empty : stack.
  Parameter push : nat -> stack -> stack.
  Parameter pop : stack -> option (nat * stack).
  Axiom pop_push : forall (n : nat) (s : stack), pop (push n s) = Some (n, s).
End STACK.

Module ListStack <: STACK.
  Definition stack := list nat.
  Definition empty : stack := [].
  Definition push (n : nat) (s : stack) : stack := n :: s.
  Definition pop (s : stack) : option (nat * stack) :=
    match s with
    | [] => None
    | n :: rest => Some (n, rest)
    end.

  Theorem pop_push : forall (n : nat) (s : stack), pop (push n s) = Some (n, s).
  Proof.
  Admitted.
End ListStack.
