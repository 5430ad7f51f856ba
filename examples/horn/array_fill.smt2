; An array is filled with zeros; its predicate has an array argument.
(set-logic HORN)
(declare-fun fill ((Array Int Int) Int Int) Bool)
(assert (forall ((a (Array Int Int)) (n Int)) (=> (>= n 0) (fill a 0 n))))
(assert (forall ((a (Array Int Int)) (i Int) (n Int))
  (=> (and (fill a i n) (< i n)) (fill (store a i 0) (+ i 1) n))))
(assert (forall ((a (Array Int Int)) (i Int) (n Int))
  (=> (and (fill a i n) (>= i n) (> i 0)) (= (select a (- i 1)) 0))))
(check-sat)
