// SPDX-License-Identifier: Apache-2.0
/**
 * Reads AWS Lambda's log reports: the text {@code REPORT} line and the JSON {@code platform.report} record.
 *
 * <p>Time and memory are bounded on any input. Next to {@code core.wire}, this is the one package of core that uses
 * Jackson, and only its streaming parser.
 */
@NullMarked
package dev.memtune.core.logs;

import org.jspecify.annotations.NullMarked;
