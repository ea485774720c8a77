#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected, initial value and final xor all ones.
//
// Every function takes the checksum of the bytes before (0 where there are none) and returns the
// checksum of those bytes followed by these, so that one checksum may be made in pieces.

/// The checksum by the fastest way this processor has.
uint32_t daybook_crc32c(uint32_t before, const void *bytes, size_t count);

/// The same of the eight bytes of `word`, lowest first.
uint32_t daybook_crc32c_word(uint32_t before, uint64_t word);

/// The same of the two bytes of `pair`, lowest first, and of `bytes`.
uint32_t daybook_crc32c_pair_then(uint32_t before, uint16_t pair, const void *bytes, size_t count);

/// The checksum by tables alone, eight bytes a step: what runs where no instruction exists.
uint32_t daybook_crc32c_portable(uint32_t before, const void *bytes, size_t count);

/// Whether this processor has the CRC-32C instruction (SSE 4.2 on x86-64, CRC on ARMv8).
bool daybook_crc32c_has_instruction(void);
