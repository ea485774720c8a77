#ifndef FUZZER_H
#define FUZZER_H

#include <stddef.h>
#include <stdint.h>

// Of the fuzzer's own library, which -sanitize=fuzzer links.
extern int LLVMFuzzerRunDriver(
    int *argument_count, char ***arguments, int (*target)(const uint8_t *bytes, size_t count));

#endif
