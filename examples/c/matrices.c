// Arrays of two dimensions.
#define ROWS 4
#define COLUMNS 3

int table[ROWS][COLUMNS];

/*@ assigns table[0 .. ROWS - 1][0 .. COLUMNS - 1];
  @ ensures \forall integer i, j; 0 <= i < ROWS && 0 <= j < COLUMNS ==> table[i][j] == 0;
  @*/
void clear_table(void) {
  for (int i = 0; i < ROWS; i++)
    for (int j = 0; j < COLUMNS; j++) table[i][j] = 0;
}

/*@ requires 0 <= row < ROWS;
  @ assigns table[row][0 .. COLUMNS - 1];
  @ ensures \forall integer j; 0 <= j < COLUMNS ==> table[row][j] == x;
  @*/
void fill_row(int row, int x) {
  for (int j = 0; j < COLUMNS; j++) table[row][j] = x;
}

/*@ requires 0 <= column < COLUMNS;
  @ assigns \nothing;
  @ ensures \forall integer i; 0 <= i < ROWS ==> table[i][column] <= \result;
  @*/
int largest_in_column(int column) {
  int most = table[0][column];
  for (int i = 1; i < ROWS; i++)
    if (table[i][column] > most) most = table[i][column];
  return most;
}
