def insert' (x : Nat) : List Nat → List Nat
  | [] => [x]
  | y :: ys => if x ≤ y then x :: y :: ys else y :: insert' x ys

def sort : List Nat → List Nat
  | [] => []
  | x :: xs => insert' x (sort xs)

theorem length_insert' (x : Nat) (xs : List Nat) : (insert' x xs).length = xs.length + 1 := by
  have h : ∀ y ys, (insert' y ys).length = ys.length + 1 := by
    intro y ys
    sorry
  exact h x xs

theorem length_sort (xs : List Nat) : (sort xs).length = xs.length := by
  induction xs with
  | nil => sorry
  | cons x xs ih => simp [sort, length_insert', ih]
