/** The words with which commands of Lean's, its standard library's and Mathlib's begin or go on; tactics and terms have other words. */
export const COMMAND_WORDS: ReadonlySet<string> = new Set(
  `abbrev add_aesop_rules add_decl_doc alias assert_exists assert_no_cyclic assert_not_exists assert_not_imported attribute axiom
  binder_predicate builtin_dsimproc builtin_dsimproc_decl builtin_grind_propagator builtin_initialize builtin_simproc builtin_simproc_decl
  class coinductive compile_def compile_inductive count_heartbeats declare_aesop_rule_sets declare_bitwise_int_theorems
  declare_command_config_elab declare_config_elab declare_int_theorems declare_simp_like_tactic declare_syntax_cat
  declare_uint_theorems def deprecated_module deprecate_to deriving docs_to_verso dsimproc dsimproc_decl elab elab_rules end erase_aesop_rules
  example export extend_docs gen_injective_theorems% grind_annotated grind_pattern grind_propagator import in include inductive infix infixl infixr init_quot
  initialize initialize_simps_projections insert_to_additive_translation instance irreducible_def lemma library_note library_facet macro macro_rules meta
  mk_iff_of_inductive_prop module_facet mutual namespace noncomputable nonrec notation notation3 omit opaque open package_facet partial
  postfix prefix private proof_wanted protect_proj protected public recall recommended_spelling register_builtin_option
  register_error_explanation register_hint register_label_attr register_option register_parser_alias register_simp_attr
  register_tactic_tag reset_grind_attrs% run_cmd run_elab run_meta scoped scoped_notation seal section set_option show_panel_widgets
  simproc simproc_decl structure suppress_compilation syntax tactic_extension theorem unif_hint universe universes unsafe unseal
  unset_option unsuppress_compilation variable variables variable? whatsnew with_weak_namespace`.split(/\s+/),
);
