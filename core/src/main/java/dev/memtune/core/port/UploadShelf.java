// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

import dev.memtune.core.registry.Upload;

/** Where uploads arrive, and where what was taken out of them is kept. */
public interface UploadShelf {
    /**
     * The upload's bytes, of just this version.
     *
     * @param maxBytes the most that is read
     * @throws ObjectSource.Unreadable if it is not there any more, or is larger
     * @throws LambdaFault.Denied if it may not be read, for which whoever uploaded it cannot be blamed
     * @throws LambdaFault.OutcomeUnknown if the store did not answer
     */
    byte[] read(Upload upload, int maxBytes);

    /**
     * Keeps bytes under a key of our own, apart from the uploads. Keeping the same again is harmless.
     *
     * @param key letters, digits, {@code -}, {@code _}, {@code .} and {@code /}
     * @return where they are, {@code s3://bucket/key}
     * @throws LambdaFault.OutcomeUnknown if the store did not answer
     */
    String keep(String key, byte[] bytes);
}
