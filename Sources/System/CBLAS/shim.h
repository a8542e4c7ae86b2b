// SPDX-License-Identifier: Apache-2.0
// OpenBLAS: matrix products in double precision, LAPACK's factorizations, and its own description of itself.
#pragma once
#include <cblas.h>
#include <stddef.h>

// LAPACK as Fortran compiles it: everything by reference, column-major, and after the arguments the length of each
// character. OpenBLAS's package has no header for it.
#define KD_LAPACK(prefix, real)                                                                                     \
    void prefix##potrf_(const char *triangle, const int *n, real *a, const int *lda, int *info, size_t);            \
    void prefix##getrf_(const int *m, const int *n, real *a, const int *lda, int *pivots, int *info);               \
    void prefix##getrs_(const char *transpose, const int *n, const int *columns, const real *a, const int *lda,     \
                        const int *pivots, real *b, const int *ldb, int *info, size_t);                             \
    void prefix##geqrf_(const int *m, const int *n, real *a, const int *lda, real *tau, real *work,                 \
                        const int *lwork, int *info);                                                               \
    void prefix##orgqr_(const int *m, const int *n, const int *k, real *a, const int *lda, const real *tau,         \
                        real *work, const int *lwork, int *info);                                                   \
    void prefix##gesdd_(const char *job, const int *m, const int *n, real *a, const int *lda, real *s, real *u,     \
                        const int *ldu, real *vt, const int *ldvt, real *work, const int *lwork, int *iwork,        \
                        int *info, size_t);                                                                         \
    void prefix##syevd_(const char *job, const char *triangle, const int *n, real *a, const int *lda, real *w,      \
                        real *work, const int *lwork, int *iwork, const int *liwork, int *info, size_t, size_t);

KD_LAPACK(s, float)
KD_LAPACK(d, double)
#undef KD_LAPACK
