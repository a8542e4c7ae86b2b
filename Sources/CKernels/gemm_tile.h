// SPDX-License-Identifier: Apache-2.0
// The direct product for one instruction set. Included once for each, with:
//   KD_NAME(x)  the name of x for this set        KD_LANES  floats in a vector       KD_ROWS  rows of the largest tile
//   KD_LOAD_PART(p, count), KD_STORE_PART(p, count, v)  for the first `count` numbers of a vector

typedef float KD_NAME(vector) __attribute__((vector_size(4 * KD_LANES), aligned(4)));
typedef int32_t KD_NAME(bits) __attribute__((vector_size(4 * KD_LANES), aligned(4)));
#define VECTOR KD_NAME(vector)
#define BITS KD_NAME(bits)
#define INLINE static inline __attribute__((always_inline))

/// Where a tile reads and writes.
typedef struct {
    int64_t k;
    const float *a;
    int64_t a_row, a_column;
    const float *b;
    int64_t b_row;
    float *c;
    int64_t c_row;
    const float *bias;
    /// Whether to go on from what is in c; whether negative results become 0.
    int32_t add, relu;
} KD_NAME(place);

INLINE VECTOR KD_NAME(load)(const float *from, const int partial, int64_t count) {
    return partial ? (VECTOR)KD_LOAD_PART(from, count) : *(const VECTOR *)from;
}

/// `rows` rows and `vectors` vectors of c, kept in registers over all of k. With `partial`, the last vector has only
/// `tail` numbers.
INLINE void KD_NAME(tile)(
    const int rows, const int vectors, const int partial, int64_t tail, const KD_NAME(place) *at, int64_t first) {
    const float *a = at->a + first * at->a_row, *b = at->b;
    float *c = at->c + first * at->c_row;
    const int64_t a_row = at->a_row, a_column = at->a_column, b_row = at->b_row, c_row = at->c_row;
    VECTOR sum[KD_ROWS][2];
    for (int v = 0; v < vectors; v++)
        for (int row = 0; row < rows; row++)
            sum[row][v] = at->add
                ? KD_NAME(load)(c + row * c_row + v * KD_LANES, partial && v == vectors - 1, tail) : (VECTOR){0};
    for (int64_t step = 0; step < at->k; step++) {
        VECTOR right[2];
        for (int v = 0; v < vectors; v++)
            right[v] = KD_NAME(load)(b + step * b_row + v * KD_LANES, partial && v == vectors - 1, tail);
        for (int row = 0; row < rows; row++) {
            const VECTOR left = (VECTOR){0} + a[row * a_row + step * a_column];
            for (int v = 0; v < vectors; v++) sum[row][v] += left * right[v];
        }
    }
    for (int v = 0; v < vectors; v++) {
        const int cut = partial && v == vectors - 1;
        const VECTOR shift = at->bias ? KD_NAME(load)(at->bias + v * KD_LANES, cut, tail) : (VECTOR){0};
        for (int row = 0; row < rows; row++) {
            VECTOR value = at->bias ? sum[row][v] + shift : sum[row][v];
            if (at->relu) value = (VECTOR)((BITS)value & ~(BITS)(value < 0));
            float *to = c + row * c_row + v * KD_LANES;
            if (cut) KD_STORE_PART(to, tail, value);
            else *(VECTOR *)to = value;
        }
    }
}

/// All rows of a panel.
INLINE void KD_NAME(panel)(
    const int vectors, const int partial, int64_t tail, int64_t m, const KD_NAME(place) *at) {
    int64_t row = 0;
    for (; m - row >= KD_ROWS; row += KD_ROWS) KD_NAME(tile)(KD_ROWS, vectors, partial, tail, at, row);
    if (KD_ROWS > 4 && m - row >= 4) {
        KD_NAME(tile)(4, vectors, partial, tail, at, row);
        row += 4;
    }
    if (m - row >= 2) {
        KD_NAME(tile)(2, vectors, partial, tail, at, row);
        row += 2;
    }
    if (m - row >= 1) KD_NAME(tile)(1, vectors, partial, tail, at, row);
}

/// A panel of `columns` columns, at most two vectors.
static void KD_NAME(columns)(int64_t columns, int64_t m, const KD_NAME(place) *at) {
    if (columns == 2 * KD_LANES) KD_NAME(panel)(2, 0, 0, m, at);
    else if (columns > KD_LANES) KD_NAME(panel)(2, 1, columns - KD_LANES, m, at);
    else if (columns == KD_LANES) KD_NAME(panel)(1, 0, 0, m, at);
    else KD_NAME(panel)(1, 1, columns, m, at);
}

typedef float KD_NAME(quad) __attribute__((vector_size(16), aligned(4)));
#define QUAD KD_NAME(quad)

/// Four rows of four columns, turned.
INLINE void KD_NAME(turn)(const float *from, int64_t column, float *to, int64_t width) {
    const QUAD r0 = *(const QUAD *)from, r1 = *(const QUAD *)(from + column);
    const QUAD r2 = *(const QUAD *)(from + 2 * column), r3 = *(const QUAD *)(from + 3 * column);
    const QUAD low01 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5);
    const QUAD high01 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
    const QUAD low23 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
    const QUAD high23 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
    *(QUAD *)to = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
    *(QUAD *)(to + width) = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
    *(QUAD *)(to + 2 * width) = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
    *(QUAD *)(to + 3 * width) = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
}

/// Copies k rows and `columns` columns of b, rows `width` apart.
static void KD_NAME(pack)(
    float *panel, int64_t width, int64_t k, int64_t columns, const float *b, int64_t b_row, int64_t b_column) {
    int64_t whole = 0, deep = 0;
    if (b_row == 1) {
        whole = columns & ~(int64_t)3;
        deep = k & ~(int64_t)3;
        for (int64_t step = 0; step < deep; step += 4)
            for (int64_t column = 0; column < whole; column += 4)
                KD_NAME(turn)(b + column * b_column + step, b_column, panel + step * width + column, width);
    }
    for (int64_t step = 0; step < k; step++)
        for (int64_t column = step < deep ? whole : 0; column < columns; column++)
            panel[step * width + column] = b[step * b_row + column * b_column];
}

/// The part of k that is packed at once: so deep a panel leaves room in the first-level cache.
#define KD_DEPTH 192

/// Columns that are not contiguous: panels of b are copied, k cut into parts, c added up.
static void KD_NAME(packed)(const kd_gemm_f32 *p) {
    enum { width = 2 * KD_LANES };
    float panel[KD_DEPTH * width] __attribute__((aligned(64)));
    for (int64_t column = 0; column < p->n; column += width) {
        const int64_t columns = p->n - column < width ? p->n - column : width;
        for (int64_t start = 0; start == 0 || start < p->k; start += KD_DEPTH) {
            const int64_t depth = p->k - start < KD_DEPTH ? p->k - start : KD_DEPTH;
            const int last = start + depth >= p->k;
            KD_NAME(pack)(
                panel, width, depth, columns, p->b + start * p->b_row + column * p->b_column, p->b_row, p->b_column);
            const KD_NAME(place) at = {
                depth, p->a + start * p->a_column, p->a_row, p->a_column, panel, width, p->c + column, p->c_row,
                last && p->bias ? p->bias + column : 0, start > 0, last && p->relu};
            KD_NAME(columns)(columns, p->m, &at);
        }
    }
}

static void KD_NAME(gemm)(const kd_gemm_f32 *p) {
    if (p->b_column != 1 && p->n > 1) {
        KD_NAME(packed)(p);
        return;
    }
    for (int64_t column = 0; column < p->n; column += 2 * KD_LANES) {
        const int64_t columns = p->n - column < 2 * KD_LANES ? p->n - column : 2 * KD_LANES;
        const KD_NAME(place) at = {p->k, p->a, p->a_row, p->a_column, p->b + column, p->b_row, p->c + column, p->c_row,
            p->bias ? p->bias + column : 0, 0, p->relu};
        KD_NAME(columns)(columns, p->m, &at);
    }
}

#undef VECTOR
#undef BITS
#undef QUAD
#undef INLINE
#undef KD_DEPTH
