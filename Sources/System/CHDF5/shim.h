// SPDX-License-Identifier: Apache-2.0
// HDF5, with its macros (which Swift cannot see) given as functions.
#pragma once
// The interface of 1.10 under its plain names, whatever the installed release calls them.
#define H5_USE_110_API 1
#include <hdf5.h>
#include <stdlib.h>

// The macros behind these types call H5open() first, which fills in the globals they stand for.
static inline hid_t hdf5_type_float32(void) { return H5T_IEEE_F32LE; }
static inline hid_t hdf5_type_float64(void) { return H5T_IEEE_F64LE; }
static inline hid_t hdf5_type_int8(void) { return H5T_STD_I8LE; }
static inline hid_t hdf5_type_int16(void) { return H5T_STD_I16LE; }
static inline hid_t hdf5_type_int32(void) { return H5T_STD_I32LE; }
static inline hid_t hdf5_type_int64(void) { return H5T_STD_I64LE; }
static inline hid_t hdf5_type_uint8(void) { return H5T_STD_U8LE; }
static inline hid_t hdf5_type_uint16(void) { return H5T_STD_U16LE; }
static inline hid_t hdf5_type_uint32(void) { return H5T_STD_U32LE; }
static inline hid_t hdf5_type_string(void) { return H5T_C_S1; }
static inline size_t hdf5_variable_length(void) { return H5T_VARIABLE; }

static inline hid_t hdf5_class_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t hdf5_class_file_creation(void) { return H5P_FILE_CREATE; }
static inline hid_t hdf5_class_dataset_creation(void) { return H5P_DATASET_CREATE; }
static inline hid_t hdf5_class_link_access(void) { return H5P_LINK_ACCESS; }
static inline hid_t hdf5_default(void) { return H5P_DEFAULT; }
static inline hid_t hdf5_all(void) { return H5S_ALL; }
static inline unsigned hdf5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned hdf5_truncate(void) { return H5F_ACC_TRUNC; }
static inline unsigned hdf5_basic_info(void) { return H5O_INFO_BASIC; }
static inline haddr_t hdf5_no_address(void) { return HADDR_UNDEF; }

static herr_t hdf5_refuse_external_link(const char *parent_file, const char *parent_group, const char *child_file,
                                        const char *child_object, unsigned *flags, hid_t access, void *context) {
    (void)parent_file; (void)parent_group; (void)child_file; (void)child_object;
    (void)flags; (void)access; (void)context;
    return -1;
}

// A second fence behind the check of every link: an external link that is met all the same opens nothing.
static inline herr_t hdf5_fence_links(hid_t link_access) {
    if (H5Pset_nlinks(link_access, 1) < 0) return -1;
    return H5Pset_elink_cb(link_access, hdf5_refuse_external_link, NULL);
}

// Silence on this thread: the library keeps its error stack and its printing per thread.
static inline herr_t hdf5_silence(void) { return H5Eset_auto2(H5E_DEFAULT, NULL, NULL); }

static herr_t hdf5_keep_innermost(unsigned n, const H5E_error2_t *error, void *text) {
    (void)n;
    const char **kept = (const char **)text;
    if (error->desc && error->desc[0]) *kept = error->desc;
    return 0;
}

// What the innermost frame of this thread's last failure says, or NULL. Valid until the next call into the library.
static inline const char *hdf5_failure(void) {
    const char *text = NULL;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, hdf5_keep_innermost, &text);
    return text;
}

// The memory that a file of the core driver lives in. The library never owns it, so it is neither copied when such
// a file is opened nor when it is finished.
typedef struct {
    void *address;
    size_t capacity;
    int borrowed;  // 1 while reading: the memory is not the library's to resize or free
} hdf5_image;

static void *hdf5_image_malloc(size_t size, H5FD_file_image_op_t operation, void *context) {
    hdf5_image *image = (hdf5_image *)context;
    (void)operation;
    if (image->borrowed) return image->address;
    void *address = malloc(size);
    if (address) { image->address = address; image->capacity = size; }
    return address;
}

static void *hdf5_image_copy(void *to, const void *from, size_t size, H5FD_file_image_op_t operation, void *context) {
    (void)from; (void)size; (void)operation; (void)context;
    return to;
}

static void *hdf5_image_realloc(void *old, size_t size, H5FD_file_image_op_t operation, void *context) {
    hdf5_image *image = (hdf5_image *)context;
    (void)operation;
    if (image->borrowed) return NULL;
    void *address = realloc(old, size);
    if (address) { image->address = address; image->capacity = size; }
    return address;
}

static herr_t hdf5_image_free(void *address, H5FD_file_image_op_t operation, void *context) {
    (void)address; (void)operation; (void)context;
    return 0;
}

static void *hdf5_image_context(void *context) { return context; }
static herr_t hdf5_image_release(void *context) { (void)context; return 0; }

// Makes the files of an access list live in `image`, which must outlive them. With `bytes` > 0, what is there already
// is the file to be read.
static inline herr_t hdf5_use_image(hid_t file_access, hdf5_image *image, size_t bytes, size_t increment) {
    H5FD_file_image_callbacks_t callbacks = {
        hdf5_image_malloc, hdf5_image_copy, hdf5_image_realloc, hdf5_image_free,
        hdf5_image_context, hdf5_image_release, image};
    if (H5Pset_fapl_core(file_access, increment, 0) < 0) return -1;
    if (H5Pset_file_image_callbacks(file_access, &callbacks) < 0) return -1;
    if (bytes == 0) return 0;
    return H5Pset_file_image(file_access, image->address, bytes);
}
