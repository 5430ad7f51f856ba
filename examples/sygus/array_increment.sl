; Each element grows by one; `old` is the array before.
(set-logic ALIA)
(synth-inv inv ((a (Array Int Int)) (old (Array Int Int)) (i Int) (n Int)))
(define-fun pre ((a (Array Int Int)) (old (Array Int Int)) (i Int) (n Int)) Bool (and (= i 0) (= a old)))
(define-fun trans ((a (Array Int Int)) (old (Array Int Int)) (i Int) (n Int)
                   (a! (Array Int Int)) (old! (Array Int Int)) (i! Int) (n! Int)) Bool
  (and (< i n) (= a! (store a i (+ (select a i) 1))) (= old! old) (= i! (+ i 1)) (= n! n)))
(define-fun post ((a (Array Int Int)) (old (Array Int Int)) (i Int) (n Int)) Bool
  (=> (not (< i n)) (forall ((k Int)) (=> (and (<= 0 k) (< k n)) (= (select a k) (+ (select old k) 1))))))
(inv-constraint inv pre trans post)
(check-synth)
