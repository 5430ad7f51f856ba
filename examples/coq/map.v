(* Lists: map keeps the length, and what is in a list stays in it. *)
Require Import List.
Import ListNotations.

Lemma length_of_map : forall (A B : Type) (f : A -> B) (xs : list A),
  length (map f xs) = length xs.
Proof.
Admitted.

Lemma in_map_twice : forall (A B : Type) (f : A -> B) (x : A) (xs : list A),
  In x xs -> In (f x) (map f (xs ++ xs)).
Proof.
Admitted.
