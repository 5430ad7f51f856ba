/**
 * Where a name of Lean's may begin, and what may follow (`isIdFirst`, `isIdRest`): beside letters, signs that Lean takes for letters
 * (`ℕ`, but `™` too), and neither `λ`, `Π` and `Σ` nor raised letters, behind which another token may follow without a blank.
 */
export const NAME_START =
  "A-Za-z_\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u017f\\u0391-\\u039f\\u03a1\\u03a4-\\u03a9\\u03b1-\\u03ba\\u03bc-\\u03fb\\u1f00-\\u1ffe\\u2100-\\u214f\\u{1d49c}-\\u{1d59f}";
export const NAME_REST = `${NAME_START}0-9'!?\\u2080-\\u2089\\u2090-\\u209c\\u1d62-\\u1d6a\\u2c7c`;
