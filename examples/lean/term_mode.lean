theorem and_swap' (p q : Prop) (h : p ∧ q) : q ∧ p := ⟨sorry, h.1⟩

theorem or_swap' (p q : Prop) : p ∨ q → q ∨ p := fun h => sorry
