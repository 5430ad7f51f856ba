import type { Premise } from "../../server/search/session.ts";
import { answerAt } from "./review/probe.ts";
import type { LeanWorker } from "./worker.ts";

/** Milliseconds for asking what all of them state. */
const ASKING_MS = 20_000;

/**
 * Lemmas of Lean's own library that proofs about lists and numbers need most and that neither `simp` nor `grind` always tries by
 * itself. Names alone: what they state is asked of the Lean that is there, and one that it does not know is left out.
 */
const NAMES: readonly string[] = [
  ...of(
    "List",
    `append_assoc append_nil nil_append cons_append append_cancel_left append_cancel_right append_inj append_eq_nil_iff length_append
    length_reverse length_map length_take length_drop length_filter_le length_zip length_cons length_eq_zero_iff length_pos_iff
    reverse_append reverse_cons reverse_reverse reverse_take reverse_drop take_reverse drop_reverse filter_reverse map_reverse
    reverse_eq_append_iff take_append drop_append take_append_drop take_append_of_le_length drop_append_of_le_length take_length
    drop_length take_drop drop_take drop_drop take_take take_zero drop_zero take_succ_cons drop_succ_cons take_of_length_le
    drop_of_length_le drop_eq_nil_of_le take_eq_take_iff map_take map_drop map_append map_map filter_append filter_map filter_filter
    filter_cons filter_cons_of_pos filter_cons_of_neg count_append count_cons count_cons_self count_cons_of_ne count_reverse
    count_eq_zero count_pos_iff count_filter mem_append mem_cons mem_cons_self mem_cons_of_mem mem_filter mem_map mem_reverse
    mem_of_mem_tail zip_append zip_take zip_drop take_zip drop_zip zip_cons_cons zip_nil_left zip_nil_right reverse_zip
    dropLast_append_cons dropLast_eq_take dropLast_concat dropLast_append getLast_append getLast_cons getLast?_append takeWhile_append_dropWhile
    foldl_append foldr_append foldl_cons foldr_cons foldl_map foldr_map foldl_reverse foldr_reverse foldl_assoc foldl_append_eq_append
    sum_append sum_cons sum_reverse replicate_succ length_replicate append_replicate_replicate map_replicate flatten_append flatten_cons flatMap_append all_append any_append
    all_eq_true any_eq_true all_cons any_cons Perm.refl Perm.symm Perm.trans Perm.cons Perm.swap perm_cons perm_append_comm
    perm_middle Perm.append Perm.append_left Perm.append_right Perm.length_eq Perm.mem_iff Perm.count_eq perm_iff_count
    pairwise_cons pairwise_append sublist_append_left Sublist.cons Sublist.cons_cons Sublist.trans Sublist.length_le
    mem_of_elem_eq_true elem_eq_mem elem_iff erase_cons length_erase_of_mem mem_erase_of_ne count_erase_self count_erase_of_ne
    getElem_cons_succ getElem_append getElem_map ext_getElem range_succ mem_range append_eq concat_eq_append`,
  ),
  ...of(
    "Nat",
    `add_comm add_assoc add_left_comm add_right_comm mul_comm mul_assoc mul_left_comm mul_add add_mul mul_sub sub_mul mul_succ succ_mul
    add_sub_cancel add_sub_cancel_left sub_sub sub_add_cancel sub_add_comm add_sub_assoc sub_add_eq succ_sub_succ max_assoc max_comm min_assoc min_comm max_def min_def
    max_eq_left_iff max_eq_right_iff min_eq_left_iff min_eq_right_iff le_of_lt le_of_not_lt lt_of_not_le le_antisymm le_trans lt_of_le_of_lt lt_of_lt_of_le le_total lt_irrefl
    pow_succ pow_add pow_mul mul_pow pos_of_ne_zero mul_le_mul mul_le_mul_left mul_le_mul_right mul_lt_mul_of_pos_left div_add_mod mod_lt div_lt_self mul_div_cancel
    add_mul_mod_self_left add_mul_div_left add_mod mul_mod mod_mod mod_eq_of_lt dvd_add dvd_mul_right dvd_mul_left dvd_trans dvd_sub gcd_comm gcd_rec strongRecOn`,
  ),
  ...of("Option", "map_some map_none bind_some bind_none some_inj getD_some isSome_iff_exists"),
  ...of("Bool", "and_eq_true or_eq_true not_eq_true eq_iff_iff and_comm or_comm and_assoc or_assoc not_not"),
  ..."beq_iff_eq bne_iff_ne decide_eq_true_eq beq_self_eq_true eq_comm and_comm or_comm not_or not_and Classical.not_not ite_eq_left_iff ite_eq_right_iff apply_ite".split(
    " ",
  ),
];

function of(namespace: string, names: string): string[] {
  return names.split(/\s+/).map((name) => `${namespace}.${name}`);
}

/** What the lemmas state, on this Lean; nothing where it does not answer in time. Slow once (about a second), so it is kept by who asks. */
export async function libraryPremises(worker: LeanWorker, signal: AbortSignal): Promise<Premise[]> {
  const text = NAMES.map((name) => `#check @${name}`).join("\n");
  const checked = await worker.check(`${text}\n`, null, { deadlineMs: ASKING_MS, signal });
  if (checked.kind !== "checked") return [];
  return NAMES.flatMap((name, line) => {
    const answer = answerAt(checked.messages, line);
    const statement = answer === null ? null : /^@?\S+ : ([\s\S]+)$/.exec(answer)?.[1];
    return statement ? [{ name, statement: `theorem ${name} : ${statement}`, proof: null }] : [];
  });
}
