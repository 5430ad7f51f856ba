; The largest element of an array, SyGuS-IF 2 with arrays.
(set-logic ALIA)
(synth-inv inv ((a (Array Int Int)) (i Int) (largest Int) (n Int)))
(define-fun pre ((a (Array Int Int)) (i Int) (largest Int) (n Int)) Bool
  (and (= i 1) (>= n 1) (= largest (select a 0))))
(define-fun trans ((a (Array Int Int)) (i Int) (largest Int) (n Int)
                   (a! (Array Int Int)) (i! Int) (largest! Int) (n! Int)) Bool
  (and (< i n) (= a! a) (= i! (+ i 1)) (= n! n)
       (= largest! (ite (> (select a i) largest) (select a i) largest))))
(define-fun post ((a (Array Int Int)) (i Int) (largest Int) (n Int)) Bool
  (=> (not (< i n)) (forall ((k Int)) (=> (and (<= 0 k) (< k n)) (<= (select a k) largest)))))
(inv-constraint inv pre trans post)
(check-synth)
