// SPDX-License-Identifier: Apache-2.0
// Philox4x32-10, and numbers made from its words.

enum { philox_width = 16 };

// Blocks of a round are worked on side by side, so that the compiler can use vectors.
static void philox(uint64_t key, uint64_t stream, uint64_t first, uint32_t *words, int64_t blocks) {
    for (int64_t begin = 0; begin < blocks; begin += philox_width) {
        uint32_t c0[philox_width], c1[philox_width], c2[philox_width], c3[philox_width];
        for (int i = 0; i < philox_width; i++) {
            uint64_t block = first + (uint64_t)begin + (uint64_t)i;
            c0[i] = (uint32_t)block;
            c1[i] = (uint32_t)(block >> 32);
            c2[i] = (uint32_t)stream;
            c3[i] = (uint32_t)(stream >> 32);
        }
        uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < philox_width; i++) {
                uint64_t p = (uint64_t)c0[i] * 0xD2511F53u, q = (uint64_t)c2[i] * 0xCD9E8D57u;
                c0[i] = (uint32_t)(q >> 32) ^ c1[i] ^ k0;
                c2[i] = (uint32_t)(p >> 32) ^ c3[i] ^ k1;
                c1[i] = (uint32_t)q;
                c3[i] = (uint32_t)p;
            }
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        int64_t count = kd_smaller(philox_width, blocks - begin);
        for (int64_t i = 0; i < count; i++) {
            uint32_t *out = words + 4 * (begin + i);
            out[0] = c0[i];
            out[1] = c1[i];
            out[2] = c2[i];
            out[3] = c3[i];
        }
    }
}

INLINE vf unit_of_words(vu words) { return __builtin_convertvector((vi)(words >> 8), vf) * 0x1p-24f; }

// `words` may be read up to a whole vector beyond `count`.
static void uniform(const uint32_t *words, float *out, int64_t n, float low, float span, float top) {
    for (int64_t i = 0; i < n; i += LANES) {
        vf y = FMA(unit_of_words(load_u(words + i)), (vf)span, (vf)low);
        y = y > top ? (vf)top : y;
        if (n - i >= LANES) store_f(out + i, y);
        else store_part_f(out + i, y, n - i);
    }
}

// Elements 2 j and 2 j + 1 are the cosine and the sine of one pair of words; each lane computes from both words and
// keeps its own. A pair is the lower and the upper half of 64 bits.
static void normal(const uint32_t *words, float *out, int64_t n, float mean, float deviation) {
    for (int64_t i = 0; i < n; i += LANES) {
        vl pairs = (vl)load_u(words + i);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        vl first = (pairs & 0xffffffff) | (pairs << 32);
        vl second = ((pairs >> 32) & 0xffffffff) | (pairs & ~0xffffffffll);
        vi cosines = (vi)(vl)(int64_t)1;
#else
        vl second = (pairs & 0xffffffff) | (pairs << 32);
        vl first = ((pairs >> 32) & 0xffffffff) | (pairs & ~0xffffffffll);
        vi cosines = (vi)(vl)((int64_t)1 << 32);
#endif
        vf radius = __builtin_elementwise_sqrt(-2.0f * log_f(1.0f - unit_of_words((vu)first)));
        // A full turn is exact in v: reduce there, then multiply by 2π.
        vf turn = unit_of_words((vu)second);
        vf shifted = FMA(turn, (vf)4.0f, (vf)0x1.8p23f);
        vi quarter = (vi)shifted - (vi)(vf)0x1.8p23f + cosines;
        vf rest = (turn - 0.25f * (shifted - 0x1.8p23f)) * 6.28318530717958648f;
        vf z = rest * rest;
        vf wave = (quarter & 1) != 0 ? small_cos(z) : small_sin(rest, z);
        wave = (vf)((vi)wave ^ ((quarter & 2) << 30));
        vf y = FMA(radius * wave, (vf)deviation, (vf)mean);
        if (n - i >= LANES) store_f(out + i, y);
        else store_part_f(out + i, y, n - i);
    }
}
