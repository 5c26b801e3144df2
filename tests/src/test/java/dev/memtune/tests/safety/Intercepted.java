// SPDX-License-Identifier: Apache-2.0
package dev.memtune.tests.safety;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A port with something between it and its caller. */
final class Intercepted {
    private Intercepted() {}

    /** The call as it would be without the interception; may be made with other arguments, or not at all. */
    @FunctionalInterface
    interface Call {
        /** Makes the call. */
        @Nullable
        Object with(Object[] arguments);
    }

    /** What stands between. */
    @FunctionalInterface
    interface Interception {
        /** The answer to a call of the method. */
        @Nullable
        Object around(String method, Object[] arguments, Call real);
    }

    static <T> T port(Class<T> type, T real, Interception between) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object[] given = arguments == null ? new Object[0] : arguments;
                    return between.around(method.getName(), given, other -> {
                        try {
                            return method.invoke(real, other);
                        } catch (InvocationTargetException e) {
                            throw unchecked(e.getCause());
                        } catch (IllegalAccessException e) {
                            throw new IllegalStateException("the methods of ports are public", e);
                        }
                    });
                }));
    }

    private static RuntimeException unchecked(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("ports throw nothing that is checked", thrown);
    }
}
