(** The checker of certificates once more, with its soundness theorems: decoder within parser, and parser without anything unsafe.
    The automata are tables of positive numbers; docs/grammars.md says how they come about. *)
From Coq Require Import List Bool PArith FMapPositive.
Import ListNotations.
Open Scope positive_scope.

Notation "'let?' x ':=' a 'in' b" := (match a with Some x => b | None => None end)
  (at level 200, x pattern, right associativity).

(** A call that waits: by the sort of the tree that it gets, the place where the parser goes on. *)
Definition call := list (positive * positive).

Record tables := {
  row : positive -> list (positive * (list positive * positive));  (** lexer: symbol, tokens that end, next state *)
  tokens : positive -> list (positive * positive);                 (** parser's place: token, next place *)
  calls : positive -> list (positive * call);                      (** first place of the rule, and what waits for it *)
  first : positive -> positive -> bool;                            (** by the first place of a rule *)
  ends : positive -> option positive;                              (** the sort of the tree if the rule ends here *)
  bottom : call -> bool;                                           (** it waits for the whole text *)
  done : positive;                                                 (** the place behind the end of the text *)
  chars : positive -> list (positive * positive);                  (** decoder: symbol, next state *)
  refs : positive -> list (positive * positive);                   (** first state of a rule, next state *)
  final : positive -> bool
}.

Fixpoint lookup {A} (k : positive) (l : list (positive * A)) : option A :=
  match l with [] => None | (k', a) :: l => if k =? k' then Some a else lookup k l end.

Lemma lookup_in {A} k (l : list (positive * A)) a : lookup k l = Some a -> In (k, a) l.
Proof.
  induction l as [|[k' a'] l IH]; simpl; [discriminate|].
  destruct (Pos.eqb_spec k k'); [intros [= ->]; subst|]; auto.
Qed.

(** [vm_compute] computes both sides of [&&] and all of [existsb]; these stop early. *)
Notation "a &&& b" := (if a then b else false) (at level 40, left associativity).
Notation "a ||| b" := (if a then true else b) (at level 50, left associativity).

Fixpoint some {A} (f : A -> bool) (l : list A) : bool :=
  match l with [] => false | a :: l => f a ||| some f l end.

Lemma some_exists {A} (f : A -> bool) l : some f l = true -> exists a, In a l /\ f a = true.
Proof.
  induction l as [|a l IH]; simpl; [discriminate|]. destruct (f a) eqn:E; [eauto|].
  intros H. destruct (IH H) as [b [I J]]. eauto.
Qed.

Lemma both (a b : bool) : a &&& b = true -> a = true /\ b = true.
Proof. destruct a; [auto|discriminate]. Qed.

Section Checker.
Variable T : tables.

Definition on_call (p t : positive) : option (positive * call) := find (fun '(p0, _) => first T p0 t) (calls T p).

(** ** What is accepted: from a lexer state, a place, the calls that wait, tokens still to be read, and the text. *)
Inductive accepts : positive -> positive -> list call -> list positive -> list positive -> Prop :=
| A_done l st : accepts l (done T) st [] []
| A_symbol l p st x w out l' :
    lookup x (row T l) = Some (out, l') -> accepts l' p st out w -> accepts l p st [] (x :: w)
| A_token l p st t p' ts w :
    lookup t (tokens T p) = Some p' -> accepts l p' st ts w -> accepts l p st (t :: ts) w
| A_call l p st t p0 c ts w :
    lookup t (tokens T p) = None -> on_call p t = Some (p0, c) ->
    accepts l p0 (c :: st) (t :: ts) w -> accepts l p st (t :: ts) w
| A_end l p c st s p' t ts w :
    lookup t (tokens T p) = None -> on_call p t = None -> ends T p = Some s -> In (s, p') c ->
    accepts l p' st (t :: ts) w -> accepts l p (c :: st) (t :: ts) w.

(** What a decoder may write. *)
Inductive derives : positive -> list positive -> Prop :=
| D_final d : final T d = true -> derives d []
| D_char d x d' w : In (x, d') (chars T d) -> derives d' w -> derives d (x :: w)
| D_rule d r d' v w : In (r, d') (refs T d) -> derives r v -> derives d' w -> derives d (v ++ w).

(** ** Stacks that accept no more than others. *)
Definition over (p : positive) : bool :=
  match tokens T p, calls T p, ends T p with [], [], Some _ => true | _, _, _ => false end.

Lemma over_spec p : over p = true -> tokens T p = [] /\ calls T p = [].
Proof. unfold over; destruct (tokens T p), (calls T p), (ends T p); intuition discriminate. Qed.

Inductive sub : list call -> list call -> Prop :=
| S_nil : sub [] []
| S_cons c c' st st' : incl c c' -> sub st st' -> sub (c :: st) (c' :: st')
| S_join h c u st st' :
    (forall s p, In (s, p) h -> exists q e, In (s, q) c /\ over q = true /\ ends T q = Some e /\ In (e, p) u) ->
    sub st st' -> sub (h :: st) (c :: u :: st').

Lemma sub_refl st : sub st st.
Proof. induction st; constructor; auto using incl_refl. Qed.

Lemma sub_app a b st : sub a b -> sub (a ++ st) (b ++ st).
Proof. induction 1; simpl; [apply sub_refl|apply S_cons; auto|apply S_join; auto]. Qed.

Lemma over_end l p s c p' st t ts w :
  over p = true -> ends T p = Some s -> In (s, p') c ->
  accepts l p' st (t :: ts) w -> accepts l p (c :: st) (t :: ts) w.
Proof.
  intros O E I A. destruct (over_spec p O) as [E1 E2].
  apply A_end with (s := s) (p' := p'); auto; unfold on_call; [rewrite E1|rewrite E2]; reflexivity.
Qed.

Lemma sub_accepts l p st ts w : accepts l p st ts w -> forall st', sub st st' -> accepts l p st' ts w.
Proof.
  induction 1 as [|? ? ? ? ? ? ? ? ? IH|? ? ? ? ? ? ? ? ? IH|? ? ? ? ? ? ? ? ? ? ? IH|? ? ? ? ? ? ? ? ? ? ? ? I ? IH]; intros st' S.
  - constructor.
  - econstructor; eauto.
  - eapply A_token; eauto.
  - eapply A_call; eauto. apply IH. constructor; auto using incl_refl.
  - inversion S as [|? c' ? st1 Hc Hs|? c1 u ? st1 Hj Hs]; subst.
    + eapply A_end; eauto.
    + destruct (Hj _ _ I) as (q & e & I1 & O & E & I2).
      eapply A_end; eauto. eapply over_end; eauto.
Qed.

(** ** The steps of the checker. It keeps stacks few, as the prover does: what can only end is ended at once. *)
Definition compose (c u : call) : call :=
  flat_map (fun '(s, q) => if over q then match ends T q with
    | Some e => match lookup e u with Some p => [(s, p)] | None => [] end | None => [] end else []) c.

Fixpoint push (c : call) (st : list call) : list call :=
  match st with
  | [] => [c]
  | u :: rest => if negb (bottom T u) && forallb (fun '(_, q) => over q) c then push (compose c u) rest else c :: st
  end.

(** Several steps of [sub]. *)
Inductive subs : list call -> list call -> Prop :=
| SS_refl st : subs st st
| SS_step a b c : sub a b -> subs b c -> subs a c.

Lemma subs_trans a b c : subs a b -> subs b c -> subs a c.
Proof. induction 1; eauto using SS_step. Qed.

Lemma subs_cons c a b : subs a b -> subs (c :: a) (c :: b).
Proof. induction 1; [constructor|]. eapply SS_step; eauto. constructor; auto using incl_refl. Qed.

Lemma subs_accepts a b : subs a b -> forall l p ts w, accepts l p a ts w -> accepts l p b ts w.
Proof. induction 1; eauto using sub_accepts. Qed.

Lemma push_subs st : forall c b, subs (push c st ++ b) (c :: st ++ b).
Proof.
  induction st as [|u rest IH]; intros c b; simpl; [constructor|].
  destruct (negb (bottom T u) && forallb (fun '(_, q) => over q) c); [|constructor].
  eapply subs_trans; [apply IH|]. eapply SS_step; [|constructor].
  apply S_join; [|apply sub_refl]. intros s q I. unfold compose in I. apply in_flat_map in I.
  destruct I as [[s' q'] [I J]]. destruct (over q') eqn:O; [|destruct J].
  destruct (ends T q') as [e|] eqn:E; [|destruct J]. destruct (lookup e u) eqn:L; [|destruct J].
  destruct J as [[= -> ->]|[]]. eauto 8 using lookup_in.
Qed.

Lemma push_all_subs f : forall rest b, subs (fold_right push rest f ++ b) (f ++ rest ++ b).
Proof.
  induction f as [|k f IH]; intros rest b; simpl; [constructor|].
  eapply subs_trans; [apply push_subs|]. apply subs_cons, IH.
Qed.

Fixpoint settle (p : positive) (st : list call) : option (positive * list call) :=
  match st with
  | c :: rest =>
      if over p && negb (bottom T c) then
        let? s := ends T p in let? q := lookup s c in if q =? done T then None else settle q rest
      else Some (p, st)
  | [] => Some (p, [])
  end.

Lemma settled l q st ts w : accepts l q st ts w -> forall p s c,
  q <> done T -> over p = true -> ends T p = Some s -> In (s, q) c -> accepts l p (c :: st) ts w.
Proof.
  induction 1 as [|? ? ? ? ? ? ? ? ? IH| | |]; intros pp ss cc N O E I.
  - contradiction.
  - eapply A_symbol; [eassumption|]. eapply IH; eassumption.
  - eapply over_end; try eassumption. eapply A_token; eassumption.
  - eapply over_end; try eassumption. eapply A_call; eassumption.
  - eapply over_end; try eassumption. eapply A_end; eassumption.
Qed.

Lemma settle_sound st : forall l p q st' b ts w,
  settle p st = Some (q, st') -> accepts l q (st' ++ b) ts w -> accepts l p (st ++ b) ts w.
Proof.
  induction st as [|c rest IH]; intros l p q st' b ts w; simpl.
  - intros [= <- <-]; auto.
  - destruct (over p && negb (bottom T c)) eqn:O; [|intros [= <- <-]; auto].
    apply andb_prop in O as [O _].
    destruct (ends T p) as [s|] eqn:E; [|discriminate]. destruct (lookup s c) as [q'|] eqn:L; [|discriminate].
    destruct (Pos.eqb_spec q' (done T)); [discriminate|]. intros H A.
    eapply settled; eauto using lookup_in.
Qed.

Fixpoint parse (n : nat) (p : positive) (st : list call) (t : positive) : option (positive * list call) :=
  match n with
  | O => None
  | S n =>
      match lookup t (tokens T p) with
      | Some q => settle q st
      | None =>
          match on_call p t with
          | Some (p0, c) => parse n p0 (push c st) t
          | None =>
              match st with
              | c :: rest => let? s := ends T p in let? q := lookup s c in parse n q rest t
              | [] => None
              end
          end
      end
  end.

Lemma parse_sound n : forall l p st t q st' b ts w,
  parse n p st t = Some (q, st') -> accepts l q (st' ++ b) ts w -> accepts l p (st ++ b) (t :: ts) w.
Proof.
  induction n as [|n IH]; intros l p st t q st' b ts w; simpl; [discriminate|].
  destruct (lookup t (tokens T p)) as [p'|] eqn:L.
  - intros H A. eapply A_token; eauto. eapply settle_sound; eauto.
  - destruct (on_call p t) as [[p0 c]|] eqn:C.
    + intros H A. eapply A_call; eauto. eapply subs_accepts; [apply push_subs|]. eapply IH; eauto.
    + destruct st as [|c rest]; [discriminate|]. destruct (ends T p) as [s|] eqn:E; [|discriminate].
      destruct (lookup s c) as [q'|] eqn:I; [|discriminate]. intros H A. simpl.
      eapply A_end; eauto using lookup_in.
Qed.

(** As many calls may be begun or ended by one token, and as many configurations met in one walk. *)
Variables fuel steps : nat.

Fixpoint parse_all (p : positive) (st : list call) (ts : list positive) : option (positive * list call) :=
  match ts with
  | [] => Some (p, st)
  | t :: ts => let? (q, st') := parse fuel p st t in parse_all q st' ts
  end.

Lemma parse_all_sound ts : forall l p st q st' b w,
  parse_all p st ts = Some (q, st') -> accepts l q (st' ++ b) [] w -> accepts l p (st ++ b) ts w.
Proof.
  induction ts as [|t ts IH]; intros l p st q st' b w; simpl.
  - intros [= <- <-]; auto.
  - destruct (parse fuel p st t) as [[p1 st1]|] eqn:P; [|discriminate]. intros H A.
    eapply parse_sound; eauto.
Qed.

(** ** Configurations. *)
Record config := { lexer : positive; place : positive; waits : list call }.

Definition good (c : config) (b : list call) (w : list positive) : Prop :=
  accepts (lexer c) (place c) (waits c ++ b) [] w.

Definition read (c : config) (x : positive) : option config :=
  let? (out, l) := lookup x (row T (lexer c)) in
  let? (p, st) := parse_all (place c) (waits c) out in Some {| lexer := l; place := p; waits := st |}.

Lemma read_sound c x c' b w : read c x = Some c' -> good c' b w -> good c b (x :: w).
Proof.
  unfold read, good. destruct (lookup x (row T (lexer c))) as [[out l]|] eqn:L; [|discriminate].
  destruct (parse_all (place c) (waits c) out) as [[p st]|] eqn:P; [|discriminate].
  intros [= <-] A; simpl in A. econstructor; eauto. eapply parse_all_sound; eauto.
Qed.

Definition same_step (a b : list positive * positive) : bool :=
  (snd a =? snd b) && if list_eq_dec Pos.eq_dec (fst a) (fst b) then true else false.

Definition row_below (a b : positive) : bool :=
  (a =? b) ||| forallb (fun '(x, e) => match lookup x (row T b) with Some f => same_step e f | None => false end) (row T a).

Definition pair_in (c : call) (e : positive * positive) : bool :=
  existsb (fun f => (fst e =? fst f) && (snd e =? snd f)) c.

Fixpoint calls_below (a b : list call) : bool :=
  match a, b with
  | [], [] => true
  | c :: a, c' :: b => forallb (pair_in c') c && calls_below a b
  | _, _ => false
  end.

(** Whatever the first accepts, the second does. *)
Definition below (a b : config) : bool :=
  (place a =? place b) &&& (calls_below (waits a) (waits b) &&& row_below (lexer a) (lexer b)).

Lemma same_step_eq a b : same_step a b = true -> a = b.
Proof.
  unfold same_step; destruct a as [o l], b as [o' l']; simpl. intros H. apply andb_prop in H as [H1 H2].
  apply Pos.eqb_eq in H1. destruct (list_eq_dec Pos.eq_dec o o'); [congruence|discriminate].
Qed.

Lemma row_below_sound l p st ts w : accepts l p st ts w -> forall m, row_below l m = true -> accepts m p st ts w.
Proof.
  induction 1 as [|l p st x w out l' L A IH| | |]; intros m B;
    [constructor| |eapply A_token; eauto|eapply A_call; eauto|eapply A_end; eauto].
  unfold row_below in B. destruct (Pos.eqb_spec l m).
  - subst. econstructor; eauto.
  - rewrite forallb_forall in B. specialize (B _ (lookup_in _ _ _ L)). simpl in B.
    destruct (lookup x (row T m)) eqn:M; [|discriminate]. apply same_step_eq in B; subst. econstructor; eauto.
Qed.

Lemma calls_below_sub a : forall b, calls_below a b = true -> sub a b.
Proof.
  induction a as [|c a IH]; intros [|c' b]; simpl; try discriminate; [constructor|].
  intros H. apply andb_prop in H as [H1 H2]. constructor; auto. intros e I.
  rewrite forallb_forall in H1. specialize (H1 _ I). unfold pair_in in H1. apply existsb_exists in H1.
  destruct H1 as [f [J K]]. apply andb_prop in K as [K1 K2]. apply Pos.eqb_eq in K1, K2.
  destruct e, f; simpl in *; subst; auto.
Qed.

Lemma below_sound a b st w : below a b = true -> good a st w -> good b st w.
Proof.
  unfold below, good. intros H A. apply both in H as [H1 H]. apply both in H as [H2 H3].
  apply Pos.eqb_eq in H1. rewrite <- H1. eapply row_below_sound; eauto. eapply sub_accepts; eauto.
  apply sub_app, calls_below_sub; auto.
Qed.

(** ** Decoder within parser. *)
Record summary := { rule : positive; from : config; to : list config }.

(** The configuration after a summary, what was left out of the stack put back. *)
Definition resume (c : config) (rest : list call) : option config :=
  let? (p, st) := settle (place c) (fold_right push rest (waits c)) in
  Some {| lexer := lexer c; place := p; waits := st |}.

Lemma resume_sound c rest c' b w : resume c rest = Some c' -> good c' b w -> good c (rest ++ b) w.
Proof.
  unfold resume, good. destruct (settle _ _) as [[p st]|] eqn:E; [|discriminate]. intros [= <-] A; simpl in A.
  eapply subs_accepts; [apply push_all_subs|]. eapply settle_sound; eauto.
Qed.

(** What a walk over a rule of the decoder has met: by the decoder's state, configurations. *)
Definition met := PositiveMap.t (list config).

Definition covered (V : met) (d : positive) (c : config) : bool :=
  match PositiveMap.find d V with Some l => some (fun v => below v c) l | None => false end.

Fixpoint drop (f st : list call) : option (list call) :=
  match f, st with [], _ => Some st | _ :: f, _ :: st => drop f st | _, _ => None end.

Definition upper (f : list call) (c : config) : config :=
  {| lexer := lexer c; place := place c; waits := firstn (length f) (waits c) |}.

Lemma drop_spec f : forall st rest, drop f st = Some rest -> st = firstn (length f) st ++ rest.
Proof.
  induction f as [|k f IH]; intros [|h st] rest; simpl; try discriminate; try (intros [= <-]; reflexivity).
  intros H. f_equal. auto.
Qed.

Definition follows (V : met) (d : positive) (c : config) (s : summary) : bool :=
  match drop (waits (from s)) (waits c) with
  | Some rest =>
      below (from s) (upper (waits (from s)) c) &&&
      forallb (fun t => match resume t rest with Some c' => covered V d c' | None => false end) (to s)
  | None => false
  end.

Definition by_rule := PositiveMap.t (list summary).
Definition find_rule (S : by_rule) (r : positive) : list summary :=
  match PositiveMap.find r S with Some l => l | None => [] end.

Definition closed_at (S : by_rule) (V : met) (goal : config -> bool) (d : positive) (c : config) : bool :=
  (if final T d then goal c else true) &&
  forallb (fun '(x, d') => match read c x with Some c' => covered V d' c' | None => false end) (chars T d) &&
  forallb (fun '(r, d') => some (follows V d' c) (find_rule S r)) (refs T d).

Definition closed (S : by_rule) (V : met) (goal : config -> bool) : bool :=
  forallb (fun '(d, l) => forallb (closed_at S V goal d) l) (PositiveMap.elements V).

(** The walk itself need not be trusted: what it gives is checked. *)
Fixpoint walk (n : nat) (S : by_rule) (todo : list (positive * config)) (V : met) : met :=
  match n, todo with
  | Datatypes.S n, (d, c) :: todo =>
      if covered V d c then walk n S todo V else
      let known := match PositiveMap.find d V with Some l => l | None => [] end in
      let next := flat_map (fun '(x, d') => match read c x with Some c' => [(d', c')] | None => [] end) (chars T d) in
      let over := flat_map (fun '(r, d') =>
        match find (fun s => match drop (waits (from s)) (waits c) with
          | Some _ => below (from s) (upper (waits (from s)) c) | None => false end) (find_rule S r) with
        | Some s =>
            match drop (waits (from s)) (waits c) with
            | Some rest => flat_map (fun t => match resume t rest with Some c' => [(d', c')] | None => [] end) (to s)
            | None => []
            end
        | None => []
        end) (refs T d) in
      walk n S (next ++ over ++ todo) (PositiveMap.add d (c :: known) V)
  | _, _ => V
  end.

Definition check_summary (S : by_rule) (s : summary) : bool :=
  let V := walk steps S [(rule s, from s)] (PositiveMap.empty _) in
  covered V (rule s) (from s) && closed S V (fun c => some (fun t => below t c) (to s)).

(** [root] is a state of the decoder from which just the whole texts are derived, their end included. *)
Definition check_inclusion (S : by_rule) (root : positive) (start : config) : bool :=
  forallb (fun '(r, l) => forallb (fun s => (rule s =? r) && check_summary S s) l) (PositiveMap.elements S) &&
  let V := walk steps S [(root, start)] (PositiveMap.empty _) in
  covered V root start && closed S V (fun c => place c =? done T).

(** What holds of all configurations that a walk has met. *)
Definition means (V : met) (d : positive) (w : list positive) (aim : list call -> list positive -> Prop) : Prop :=
  forall c b v, covered V d c = true -> aim b v -> good c b (w ++ v).

Section Sound.
Variable S : by_rule.
Hypothesis all : forallb (fun '(r, l) => forallb (fun s => (rule s =? r) && check_summary S s) l) (PositiveMap.elements S) = true.

Lemma summary_checked r s : In s (find_rule S r) -> rule s = r /\ check_summary S s = true.
Proof.
  unfold find_rule. destruct (PositiveMap.find r S) as [l|] eqn:E; [|intros []]. intros I.
  apply PositiveMap.elements_correct in E. rewrite forallb_forall in all. specialize (all _ E). simpl in all.
  rewrite forallb_forall in all. specialize (all _ I). apply andb_prop in all as [H ?]. apply Pos.eqb_eq in H. auto.
Qed.

Lemma closed_spec V goal d c : closed S V goal = true -> covered V d c = true ->
  exists v, below v c = true /\ closed_at S V goal d v = true.
Proof.
  unfold closed, covered. intros H C. destruct (PositiveMap.find d V) as [l|] eqn:E; [|discriminate].
  apply some_exists in C as [v [I B]]. exists v; split; auto. apply PositiveMap.elements_correct in E.
  rewrite forallb_forall in H. specialize (H _ E). simpl in H. rewrite forallb_forall in H. auto.
Qed.

Lemma derives_sound d w : derives d w -> forall V goal (aim : list call -> list positive -> Prop),
  closed S V goal = true -> (forall c b v, goal c = true -> aim b v -> good c b v) -> means V d w aim.
Proof.
  induction 1 as [d F|d x d' w I D IH|d r d' w1 w2 I D1 IH1 D2 IH2]; intros V goal aim CL G c b v C A;
    destruct (closed_spec _ _ _ _ CL C) as [u [B K]]; eapply below_sound; eauto; clear c C B;
    unfold closed_at in K; apply andb_prop in K as [K K3]; apply andb_prop in K as [K1 K2].
  - rewrite F in K1. simpl. eauto.
  - rewrite forallb_forall in K2. specialize (K2 _ I). simpl in K2.
    destruct (read u x) as [c'|] eqn:R; [|discriminate]. simpl. eapply read_sound; eauto. eapply (IH V goal aim); eassumption.
  - rewrite forallb_forall in K3. specialize (K3 _ I). simpl in K3. apply some_exists in K3 as [s [J K]].
    destruct (summary_checked _ _ J) as [<- Q]. unfold follows in K.
    destruct (drop (waits (from s)) (waits u)) as [rest|] eqn:DR; [|discriminate].
    apply both in K as [B K]. rewrite forallb_forall in K. unfold check_summary in Q.
    apply andb_prop in Q as [Q1 Q2]. rewrite <- app_assoc.
    assert (good (from s) (rest ++ b) (w1 ++ w2 ++ v)) as P.
    { eapply IH1 with (aim := fun b' v' => b' = rest ++ b /\ v' = w2 ++ v); [exact Q2| |exact Q1|auto].
      intros c' b' v' E [-> ->]. apply some_exists in E as [t [It Bt]]. eapply below_sound; [exact Bt|].
      specialize (K _ It). destruct (resume t rest) as [c2|] eqn:RS; [|discriminate].
      eapply resume_sound; eauto. eapply (IH2 V goal aim); eassumption. }
    eapply below_sound in P; [|exact B]. unfold good in *. simpl in P.
    rewrite (drop_spec _ _ _ DR). rewrite <- app_assoc. exact P.
Qed.
End Sound.

(** Whatever the decoder writes, the parser accepts. *)
Theorem inclusion S root start : check_inclusion S root start = true ->
  forall w, derives root w -> accepts (lexer start) (place start) (waits start) [] w.
Proof.
  unfold check_inclusion. intros H w D. apply andb_prop in H as [H1 H]. apply andb_prop in H as [H2 H3].
  pose proof (derives_sound S H1 _ _ D _ _ (fun b v => b = [] /\ v = []) H3) as P.
  assert (good start [] (w ++ [])) as Q.
  { apply P; auto. intros c b v E [-> ->]. apply Pos.eqb_eq in E. unfold good. rewrite E. constructor. }
  unfold good in Q. rewrite !app_nil_r in Q. exact Q.
Qed.
End Checker.

Section Emptiness.
Variable T : tables.

(** What a rule derives, from a place of it on: tokens, and the sort of the tree. It takes in all that the parser accepts. *)
Inductive reads : positive -> list positive -> positive -> Prop :=
| R_end p s : ends T p = Some s -> reads p [] s
| R_token p t p' ts s : In (t, p') (tokens T p) -> reads p' ts s -> reads p (t :: ts) s
| R_call p q c s p' ts us r :
    In (q, c) (calls T p) -> reads q ts s -> In (s, p') c -> reads p' us r -> reads p (ts ++ us) r.

(** The tokens that may come between nodes of the lexer beside what is unsafe. *)
Variable moves : positive -> positive -> list positive.  (** by node and token *)

Inductive path : positive -> list positive -> positive -> Prop :=
| P_nil n : path n [] n
| P_cons n t n' ts m : In n' (moves n t) -> path n' ts m -> path n (t :: ts) m.

Lemma path_app ts : forall us n m, path n (ts ++ us) m -> exists k, path n ts k /\ path k us m.
Proof.
  induction ts as [|t ts IH]; simpl; intros us n m P; [eauto using P_nil|].
  inversion P; subst. destruct (IH _ _ _ H4) as [k [P1 P2]]. eauto using P_cons.
Qed.

(** For a rule, by its first place, and a node at which it begins: the sorts and nodes with which it ends. *)
Definition exits := PositiveMap.t (PositiveMap.t call).
Variable E : exits.

Definition entry (p n : positive) : option call := let? m := PositiveMap.find p E in PositiveMap.find n m.

Definition items := PositiveMap.t (list positive).
Definition member (W : items) (p n : positive) : bool :=
  match PositiveMap.find p W with Some l => some (Pos.eqb n) l | None => false end.

(** Where to go on from a place and a node; null where an entry is missing. *)
Definition next (p n : positive) : option (list (positive * positive)) :=
  let here := flat_map (fun '(t, p') => map (fun n' => (p', n')) (moves n t)) (tokens T p) in
  fold_right (fun '(q, c) rest =>
    let? rest := rest in let? ex := entry q n in
    Some (flat_map (fun '(s, m) => flat_map (fun '(r, p') => if s =? r then [(p', m)] else []) c) ex ++ rest))
    (Some here) (calls T p).

Definition closed_item (W : items) (ex : call) (p n : positive) : bool :=
  match next p n with Some l => forallb (fun '(p', n') => member W p' n') l | None => false end &&
  match ends T p with Some s => pair_in ex (s, n) | None => true end.

Definition closed_items (W : items) (ex : call) : bool :=
  forallb (fun '(p, l) => forallb (closed_item W ex p) l) (PositiveMap.elements W).

Fixpoint reach (steps : nat) (todo : list (positive * positive)) (W : items) : items :=
  match steps, todo with
  | Datatypes.S k, (p, n) :: todo =>
      if member W p n then reach k todo W else
      let known := match PositiveMap.find p W with Some l => l | None => [] end in
      let l := match next p n with Some l => l | None => [] end in
      reach k (l ++ todo) (PositiveMap.add p (n :: known) W)
  | _, _ => W
  end.

Variable steps : nat.

Definition check_entry (p n : positive) (ex : call) : bool :=
  let W := reach steps [(p, n)] (PositiveMap.empty _) in member W p n && closed_items W ex.

(** [last] is the token that the end of the text gives. *)
Definition check_emptiness (start node sort last : positive) : bool :=
  forallb (fun '(p, m) => forallb (fun '(n, ex) => check_entry p n ex) (PositiveMap.elements m)) (PositiveMap.elements E) &&
  match entry start node with
  | Some ex => forallb (fun '(s, n) => negb ((s =? sort) && match moves n last with [] => false | _ => true end)) ex
  | None => false
  end.

Lemma pair_in_spec ex s n : pair_in ex (s, n) = true <-> In (s, n) ex.
Proof.
  unfold pair_in. rewrite existsb_exists. split.
  - intros [[s' n'] [I H]]. simpl in H. apply andb_prop in H as [H1 H2]. apply Pos.eqb_eq in H1, H2. subst; auto.
  - intros I. exists (s, n). simpl. rewrite !Pos.eqb_refl. auto.
Qed.

Lemma next_token p n l t p' n' : next p n = Some l -> In (t, p') (tokens T p) -> In n' (moves n t) -> In (p', n') l.
Proof.
  unfold next. intros H I J. revert l H. induction (calls T p) as [|[q c] cs IH]; simpl.
  - intros l [= <-]. apply in_flat_map. exists (t, p'). split; auto. apply in_map; auto.
  - intros l. destruct (fold_right _ _ cs) as [rest|]; [|discriminate]. destruct (entry q n) as [ex|]; [|discriminate].
    intros [= <-]. apply in_or_app. right. apply IH. reflexivity.
Qed.

Lemma next_call p n l q c : next p n = Some l -> In (q, c) (calls T p) -> exists ex, entry q n = Some ex /\
  forall s m p', In (s, m) ex -> In (s, p') c -> In (p', m) l.
Proof.
  unfold next. revert l. induction (calls T p) as [|[q' c'] cs IH]; simpl; [intros l _ []|].
  intros l. destruct (fold_right _ _ cs) as [rest|]; [|discriminate]. destruct (entry q' n) as [ex|] eqn:EN; [|discriminate].
  intros [= <-] [[= -> ->]|I].
  - exists ex. split; auto. intros s m p' I J. apply in_or_app. left. apply in_flat_map. exists (s, m). split; auto.
    apply in_flat_map. exists (s, p'). split; auto. rewrite Pos.eqb_refl. left; reflexivity.
  - destruct (IH rest eq_refl I) as [ex' [E1 E2]]. exists ex'. split; auto. intros. apply in_or_app. right. eauto.
Qed.

Section Sound.
Hypothesis all : forallb (fun '(p, m) => forallb (fun '(n, ex) => check_entry p n ex) (PositiveMap.elements m)) (PositiveMap.elements E) = true.

Lemma entry_checked p n ex : entry p n = Some ex -> check_entry p n ex = true.
Proof.
  unfold entry. destruct (PositiveMap.find p E) as [m|] eqn:F; [|discriminate]. intros G.
  apply PositiveMap.elements_correct in F. rewrite forallb_forall in all. specialize (all _ F). simpl in all.
  apply PositiveMap.elements_correct in G. rewrite forallb_forall in all. exact (all _ G).
Qed.

Lemma item_spec W ex p n : closed_items W ex = true -> member W p n = true -> closed_item W ex p n = true.
Proof.
  unfold closed_items, member. intros C M. destruct (PositiveMap.find p W) as [l|] eqn:F; [|discriminate].
  apply PositiveMap.elements_correct in F. rewrite forallb_forall in C. specialize (C _ F). simpl in C.
  rewrite forallb_forall in C. apply some_exists in M as [k [I H]]. apply Pos.eqb_eq in H. subst. auto.
Qed.

Lemma reads_sound p ts s : reads p ts s -> forall W ex n m,
  closed_items W ex = true -> member W p n = true -> path n ts m -> In (s, m) ex.
Proof.
  induction 1 as [p s N|p t p' ts s I R IH|p q c s p' ts us r I R1 IH1 J R2 IH2]; intros W ex n m C M P;
    pose proof (item_spec _ _ _ _ C M) as K; unfold closed_item in K; apply andb_prop in K as [K1 K2].
  - inversion P; subst. rewrite N in K2. apply pair_in_spec; auto.
  - inversion P; subst. destruct (next p n) as [l|] eqn:X; [|discriminate]. rewrite forallb_forall in K1.
    eapply IH; [exact C| |eassumption]. apply (K1 (p', n')). eapply next_token; eauto.
  - apply path_app in P as [k [P1 P2]]. destruct (next p n) as [l|] eqn:X; [|discriminate].
    rewrite forallb_forall in K1. destruct (next_call _ _ _ _ _ X I) as [ex1 [E1 E2]].
    pose proof (entry_checked _ _ _ E1) as Q. unfold check_entry in Q. apply andb_prop in Q as [Q1 Q2].
    eapply IH2; [exact C| |exact P2]. apply (K1 (p', k)). eapply E2; [|exact J]. eapply IH1; eauto.
Qed.
End Sound.

(** No text whose tokens the parser accepts is unsafe: where its tokens lead, the text cannot end. *)
Theorem emptiness start node sort last : check_emptiness start node sort last = true ->
  forall ts n m, reads start ts sort -> path node ts n -> ~ In m (moves n last).
Proof.
  unfold check_emptiness. intros H ts n m R P L. apply andb_prop in H as [H1 H2].
  destruct (entry start node) as [ex|] eqn:N; [|discriminate].
  pose proof (entry_checked H1 _ _ _ N) as Q. unfold check_entry in Q. apply andb_prop in Q as [Q1 Q2].
  pose proof (reads_sound H1 _ _ _ R _ _ _ _ Q2 Q1 P) as I.
  rewrite forallb_forall in H2. specialize (H2 _ I). simpl in H2. rewrite Pos.eqb_refl in H2. simpl in H2.
  destruct (moves n last); [destruct L|discriminate].
Qed.
End Emptiness.

Print Assumptions inclusion.
Print Assumptions emptiness.
