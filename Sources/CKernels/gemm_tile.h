// SPDX-License-Identifier: Apache-2.0
// The direct product for one instruction set. Included once for each, with:
//   KD_NAME(x)  the name of x for this set        KD_LANES  floats in a vector       KD_ROWS  rows of the largest tile

typedef float KD_NAME(vector) __attribute__((vector_size(4 * KD_LANES), aligned(4)));
typedef int32_t KD_NAME(bits) __attribute__((vector_size(4 * KD_LANES), aligned(4)));
#define VECTOR KD_NAME(vector)
#define BITS KD_NAME(bits)
#define INLINE static inline __attribute__((always_inline))

/// `rows` rows and `vectors` vectors of c, kept in registers over all of k.
INLINE void KD_NAME(tile)(
    const int rows, const int vectors, int64_t k, const float *a, int64_t a_row, int64_t a_column, const float *b,
    int64_t b_row, float *c, int64_t c_row, const float *bias, int relu) {
    VECTOR sum[KD_ROWS][2];
    for (int row = 0; row < rows; row++)
        for (int v = 0; v < vectors; v++) sum[row][v] = (VECTOR){0};
    for (int64_t step = 0; step < k; step++) {
        VECTOR right[2];
        for (int v = 0; v < vectors; v++) right[v] = *(const VECTOR *)(b + step * b_row + v * KD_LANES);
        for (int row = 0; row < rows; row++) {
            const VECTOR left = (VECTOR){0} + a[row * a_row + step * a_column];
            for (int v = 0; v < vectors; v++) sum[row][v] += left * right[v];
        }
    }
    for (int v = 0; v < vectors; v++) {
        const VECTOR shift = bias ? *(const VECTOR *)(bias + v * KD_LANES) : (VECTOR){0};
        for (int row = 0; row < rows; row++) {
            VECTOR value = sum[row][v] + shift;
            if (relu) value = (VECTOR)((BITS)value & ~(BITS)(value < 0));
            *(VECTOR *)(c + row * c_row + v * KD_LANES) = value;
        }
    }
}

/// All rows of a panel of `vectors` vectors.
INLINE void KD_NAME(panel)(
    const int vectors, int64_t m, int64_t k, const float *a, int64_t a_row, int64_t a_column, const float *b,
    int64_t b_row, float *c, int64_t c_row, const float *bias, int relu) {
    int64_t row = 0;
#define KD_TILE(rows)                                                                                            \
    KD_NAME(tile)(                                                                                               \
        rows, vectors, k, a + row * a_row, a_row, a_column, b, b_row, c + row * c_row, c_row, bias, relu);        \
    row += rows
    while (m - row >= KD_ROWS) { KD_TILE(KD_ROWS); }
    if (KD_ROWS > 4 && m - row >= 4) { KD_TILE(4); }
    if (m - row >= 2) { KD_TILE(2); }
    if (m - row >= 1) { KD_TILE(1); }
#undef KD_TILE
}

typedef float KD_NAME(quad) __attribute__((vector_size(16), aligned(4)));
#define QUAD KD_NAME(quad)

/// Copies k rows and `columns` columns of b, widened with zeros to a whole panel, rows contiguous.
static void KD_NAME(pack)(
    float *panel, int64_t width, int64_t k, int64_t columns, const float *b, int64_t b_row, int64_t b_column) {
    int64_t column = 0;
    if (b_row == 1) {
        for (; column + 4 <= columns; column += 4) {
            const float *from = b + column * b_column;
            int64_t step = 0;
            for (; step + 4 <= k; step += 4) {
                const QUAD r0 = *(const QUAD *)(from + step), r1 = *(const QUAD *)(from + b_column + step);
                const QUAD r2 = *(const QUAD *)(from + 2 * b_column + step);
                const QUAD r3 = *(const QUAD *)(from + 3 * b_column + step);
                const QUAD low01 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5);
                const QUAD low23 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
                const QUAD high01 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
                const QUAD high23 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
                float *to = panel + step * width + column;
                *(QUAD *)(to) = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
                *(QUAD *)(to + width) = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
                *(QUAD *)(to + 2 * width) = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
                *(QUAD *)(to + 3 * width) = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
            }
            for (; step < k; step++)
                for (int i = 0; i < 4; i++) panel[step * width + column + i] = from[i * b_column + step];
        }
    }
    for (; column < columns; column++)
        for (int64_t step = 0; step < k; step++)
            panel[step * width + column] = b[step * b_row + column * b_column];
    for (; column < width; column++)
        for (int64_t step = 0; step < k; step++) panel[step * width + column] = 0;
}

/// The part of k that is packed at once: a panel of this many rows fits the first-level cache.
#define KD_DEPTH 256

/// The last columns, or columns that are not contiguous: panels of b are copied, k cut into parts, c added up.
static void KD_NAME(packed)(const kd_gemm_f32 *p, int64_t column) {
    enum { width = 2 * KD_LANES, height = KD_ROWS };
    float panel[KD_DEPTH * width] __attribute__((aligned(64)));
    float result[height * width] __attribute__((aligned(64)));
    for (; column < p->n; column += width) {
        const int64_t columns = p->n - column < width ? p->n - column : width;
        const int vectors = columns > KD_LANES ? 2 : 1;
        for (int64_t start = 0; start == 0 || start < p->k; start += KD_DEPTH) {
            const int64_t depth = p->k - start < KD_DEPTH ? p->k - start : KD_DEPTH;
            const int first = start == 0, last = start + depth >= p->k;
            KD_NAME(pack)(panel, width, depth, columns, p->b + start * p->b_row + column * p->b_column, p->b_row,
                p->b_column);
            for (int64_t row = 0; row < p->m; row += height) {
                const int64_t rows = p->m - row < height ? p->m - row : height;
                const float *a = p->a + row * p->a_row + start * p->a_column;
                if (vectors == 2)
                    KD_NAME(panel)(2, rows, depth, a, p->a_row, p->a_column, panel, width, result, width, 0, 0);
                else
                    KD_NAME(panel)(1, rows, depth, a, p->a_row, p->a_column, panel, width, result, width, 0, 0);
                for (int64_t i = 0; i < rows; i++) {
                    float *c = p->c + (row + i) * p->c_row + column;
                    for (int64_t j = 0; j < columns; j++) {
                        float value = result[i * width + j];
                        if (!first) value += c[j];
                        if (last && p->bias) value += p->bias[column + j];
                        if (last && p->relu && value < 0) value = 0;
                        c[j] = value;
                    }
                }
            }
        }
    }
}

static void KD_NAME(gemm)(const kd_gemm_f32 *p) {
    int64_t column = 0;
    if (p->b_column == 1) {
        for (; column + 2 * KD_LANES <= p->n; column += 2 * KD_LANES)
            KD_NAME(panel)(2, p->m, p->k, p->a, p->a_row, p->a_column, p->b + column, p->b_row, p->c + column,
                p->c_row, p->bias ? p->bias + column : 0, p->relu);
        if (column + KD_LANES <= p->n) {
            KD_NAME(panel)(1, p->m, p->k, p->a, p->a_row, p->a_column, p->b + column, p->b_row, p->c + column,
                p->c_row, p->bias ? p->bias + column : 0, p->relu);
            column += KD_LANES;
        }
    }
    if (column < p->n) KD_NAME(packed)(p, column);
}

#undef VECTOR
#undef BITS
#undef QUAD
#undef INLINE
#undef KD_DEPTH
