// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds the handler that a handler string names, by Lambda's rules for Java. */
final class HandlerLoader {
    private static final String CONTEXT = "com.amazonaws.services.lambda.runtime.Context";

    private HandlerLoader() {}

    /** The handler cannot be used; with Lambda's name for the reason. */
    static final class LoadFailure extends Exception {
        private static final long serialVersionUID = 1L;
        private final String errorType;

        LoadFailure(String errorType, String message, Throwable cause) {
            super(message, cause);
            this.errorType = errorType;
        }

        LoadFailure(String errorType, String message) {
            super(message);
            this.errorType = errorType;
        }

        String errorType() {
            return errorType;
        }
    }

    /** @throws Throwable what the class's own initialisation or constructor throws */
    static Handler load(String name) throws Throwable {
        int colons = name.indexOf("::");
        String className = colons < 0 ? name : name.substring(0, colons);
        String methodName = colons < 0 ? "handleRequest" : name.substring(colons + 2);
        Class<?> type = type(className);
        Method method = method(type, methodName);
        Object target = Modifier.isStatic(method.getModifiers()) ? type : instance(type);
        method.setAccessible(true);
        return handler(method, target);
    }

    private static Class<?> type(String className) throws LoadFailure {
        try {
            return Class.forName(className);
        } catch (ClassNotFoundException e) {
            throw new LoadFailure("java.lang.ClassNotFoundException", "Class not found: " + className, e);
        }
    }

    // Of several methods the one with the most arguments, the context last, wins; bridges of generic interfaces never
    // do.
    private static Method method(Class<?> type, String name) throws LoadFailure {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .filter(method -> !Modifier.isAbstract(method.getModifiers()))
                .max(Comparator.comparingInt((Method method) -> takesContext(method) ? 1 : 0)
                        .thenComparingInt(Method::getParameterCount))
                .orElseThrow(() -> new LoadFailure(
                        "Runtime.HandlerNotFound", "No public method named " + name + " on class " + type.getName()));
    }

    private static boolean takesContext(Method method) {
        Class<?>[] types = method.getParameterTypes();
        return types.length > 0 && types[types.length - 1].getName().equals(CONTEXT);
    }

    private static Object instance(Class<?> type) throws Throwable {
        try {
            return type.getConstructor().newInstance();
        } catch (NoSuchMethodException e) {
            throw new LoadFailure(
                    "java.lang.NoSuchMethodException",
                    type.getName() + " has no public constructor without arguments",
                    e);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static Handler handler(Method method, Object target) {
        List<Class<?>> types = List.of(method.getParameterTypes());
        if (types.size() >= 2 && types.get(0) == InputStream.class && types.get(1) == OutputStream.class) {
            return (event, context) -> stream(method, target, event, context);
        }
        return (event, context) -> value(method, target, event, context);
    }

    private static byte[] stream(Method method, Object target, byte[] event, InvocationContext context)
            throws Throwable {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object[] arguments = new Object[method.getParameterCount()];
        arguments[0] = new ByteArrayInputStream(event);
        arguments[1] = out;
        if (arguments.length > 2) {
            arguments[2] = context.proxy(method.getParameterTypes()[2]);
        }
        method.invoke(target, arguments);
        return out.toByteArray();
    }

    private static byte[] value(Method method, Object target, byte[] event, InvocationContext context)
            throws Throwable {
        Type[] types = method.getGenericParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            boolean last = i == types.length - 1;
            arguments[i] = last && takesContext(method)
                    ? context.proxy(method.getParameterTypes()[i])
                    : Pojo.fromJson(JsonReader.read(event), types[i]);
        }
        Object result = method.invoke(target, arguments);
        return Json.write(result);
    }
}
