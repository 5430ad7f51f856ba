/-- The second theorem follows from the first, which nobody can prove: it is never called proved. -/
def f (n : Nat) : Nat := n

theorem f_zero : ∀ n, f n = 0 := by
  sorry

theorem f_constant (m n : Nat) : f m = f n := by
  have h := f_zero m
  have g := f_zero n
  sorry
