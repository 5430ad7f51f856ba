(* Integers: rings and linear arithmetic. *)
Require Import ZArith Lia.
Open Scope Z_scope.

Theorem square_of_sum : forall a b : Z, (a + b) * (a + b) = a * a + 2 * a * b + b * b.
Proof.
Admitted.

Theorem bounded : forall x y : Z, 0 <= x < 10 -> 2 * x <= y -> y < 20 -> x + y < 30.
Proof.
Admitted.
