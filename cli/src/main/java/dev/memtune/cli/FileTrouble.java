// SPDX-License-Identifier: Apache-2.0
package dev.memtune.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What is wrong with a file, in words: the messages of these exceptions are file names. */
public final class FileTrouble {
    private FileTrouble() {}

    /** A half sentence without a full stop. */
    public static String words(IOException error) {
        return switch (error) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException taken -> "there is a file of that name";
            case NotDirectoryException file -> "it is not a folder";
            default -> String.valueOf(error.getMessage());
        };
    }
}
