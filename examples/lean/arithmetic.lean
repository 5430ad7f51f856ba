theorem between (a b c : Nat) (h : a < b) (g : b < c) : a + 1 < c := by
  sorry

theorem even_or_odd (n : Nat) : n % 2 = 0 ∨ n % 2 = 1 := by
  sorry
