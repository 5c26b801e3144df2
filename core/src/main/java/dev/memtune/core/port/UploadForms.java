// SPDX-License-Identifier: Apache-2.0
package dev.memtune.core.port;

/** Signs forms for those who may upload and have no rights on the store themselves. */
public interface UploadForms {
    /**
     * A form for one algorithm's zip and nothing else.
     *
     * @param name the algorithm's
     * @param maxBytes the most that the zip may have, at least 1
     * @throws LambdaFault.Denied if there are no credentials to sign with
     */
    UploadForm form(String name, long maxBytes);
}
