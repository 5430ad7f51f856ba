universe u v

theorem map_map'.{w} {α : Type u} {β : Type v} {γ : Type w} (f : α → β) (g : β → γ) (xs : List α) :
    (xs.map f).map g = xs.map (g ∘ f) := by
  sorry
