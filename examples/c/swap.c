// Pointers to single objects, structures by pointer and by value.
#include <stddef.h>

struct point {
  int x;
  int y;
};

/*@ requires \valid(p) && \valid(q) && \separated(p, q);
  @ assigns *p, *q;
  @ ensures *p == \old(*q) && *q == \old(*p);
  @*/
void swap(int *p, int *q) {
  int kept = *p;
  *p = *q;
  *q = kept;
}

/*@ assigns \nothing; ensures \result == 0; */
int swapped_locals(void) {
  int a = 1, b = 2;
  swap(&a, &b);
  //@ assert a == 2 && b == 1;
  return 0;
}

/*@ requires \valid(p);
  @ assigns p->x, p->y;
  @ ensures p->x == \old(p->x) + dx && p->y == \old(p->y) + dy;
  @*/
void move(struct point *p, int dx, int dy) {
  p->x += dx;
  p->y += dy;
}

/*@ assigns \nothing; ensures \result == 3; */
int manhattan(void) {
  struct point p = {1, 2};
  struct point q;
  q = p;
  p.x = 10;
  return q.x + q.y;
}

/*@ requires \valid(p) && \valid(q);
  @ assigns *p, *q;
  @ ensures *p == 1;
  @*/
void write_both(int *p, int *q) {
  *p = 1;
  *q = 2;
}

/*@ requires p == \null || \valid_read(p);
  @ assigns \nothing;
  @ ensures p == \null ==> \result == 0;
  @*/
int value_or_zero(const int *p) {
  if (p == NULL) return 0;
  return *p;
}
