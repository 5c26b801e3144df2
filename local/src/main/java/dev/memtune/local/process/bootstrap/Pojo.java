// SPDX-License-Identifier: Apache-2.0
package dev.memtune.local.process.bootstrap;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns JSON values into the types that handlers take, and back: records by their components, beans by setters and getters. */
final class Pojo {
    private Pojo() {}

    /** @throws IllegalArgumentException if the value does not fit the type */
    static @Nullable Object fromJson(@Nullable Object value, Type type) throws ReflectiveOperationException {
        Class<?> raw = type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : type instanceof Class<?> c ? c : Object.class;
        if (value == null || raw == Object.class) {
            return value;
        }
        return switch (value) {
            case Number number -> number(number, raw);
            case List<?> list -> list(list, type, raw);
            case Map<?, ?> map -> map(map, type, raw);
            default -> scalar(value, raw);
        };
    }

    private static Object scalar(Object value, Class<?> raw) {
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(value))
                    .findFirst()
                    .orElseThrow(() -> misfit(value, raw));
        }
        if (raw.isInstance(value) || (raw == boolean.class && value instanceof Boolean)) {
            return value;
        }
        throw misfit(value, raw);
    }

    private static Object number(Number value, Class<?> raw) {
        return switch (raw.getName()) {
            case "int", "java.lang.Integer" -> value.intValue();
            case "long", "java.lang.Long" -> value.longValue();
            case "double", "java.lang.Double" -> value.doubleValue();
            case "float", "java.lang.Float" -> value.floatValue();
            case "short", "java.lang.Short" -> value.shortValue();
            case "java.lang.String" -> value.toString();
            case "java.math.BigDecimal" -> new java.math.BigDecimal(value.toString());
            case "java.math.BigInteger" -> new java.math.BigInteger(value.toString());
            default -> scalar(value, raw);
        };
    }

    private static Object list(List<?> list, Type type, Class<?> raw) throws ReflectiveOperationException {
        Type element = raw.isArray() ? raw.getComponentType() : argument(type, 0);
        List<@Nullable Object> items = new ArrayList<>();
        for (Object item : list) {
            items.add(fromJson(item, element));
        }
        if (!raw.isArray()) {
            return raw == java.util.Set.class ? new java.util.LinkedHashSet<>(items) : scalar(items, raw);
        }
        Object array = Array.newInstance(raw.getComponentType(), items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, items.get(i));
        }
        return array;
    }

    private static Object map(Map<?, ?> map, Type type, Class<?> raw) throws ReflectiveOperationException {
        if (raw.isRecord()) {
            return ofRecord(map, raw);
        }
        if (!raw.isAssignableFrom(LinkedHashMap.class)) {
            return bean(map, raw);
        }
        Map<Object, @Nullable Object> result = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            result.put(entry.getKey(), fromJson(entry.getValue(), argument(type, 1)));
        }
        return result;
    }

    private static Object ofRecord(Map<?, ?> map, Class<?> raw) throws ReflectiveOperationException {
        RecordComponent[] components = raw.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = fromJson(map.get(components[i].getName()), components[i].getGenericType());
        }
        var constructor = raw.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }

    private static Object bean(Map<?, ?> map, Class<?> raw) throws ReflectiveOperationException {
        Object bean = raw.getDeclaredConstructor().newInstance();
        for (Method method : raw.getMethods()) {
            String name = method.getName();
            if (name.startsWith("set") && name.length() > 3 && method.getParameterCount() == 1) {
                Object value = map.get(property(name.substring(3)));
                if (value != null) {
                    method.invoke(bean, fromJson(value, method.getGenericParameterTypes()[0]));
                }
            }
        }
        return bean;
    }

    /** A record's components, or a bean's getters, by name. */
    static Map<String, @Nullable Object> properties(Object value) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        try {
            if (value.getClass().isRecord()) {
                for (RecordComponent component : value.getClass().getRecordComponents()) {
                    result.put(component.getName(), read(component.getAccessor(), value));
                }
                return result;
            }
            for (Method method : value.getClass().getMethods()) {
                String name = method.getName();
                boolean getter = method.getParameterCount() == 0
                        && !Modifier.isStatic(method.getModifiers())
                        && method.getDeclaringClass() != Object.class;
                if (getter && name.startsWith("get") && name.length() > 3) {
                    result.put(property(name.substring(3)), read(method, value));
                } else if (getter && name.startsWith("is") && name.length() > 2) {
                    result.put(property(name.substring(2)), read(method, value));
                }
            }
            return result;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "The response cannot be read: " + value.getClass().getName(), e);
        }
    }

    private static @Nullable Object read(Method method, Object value)
            throws IllegalAccessException, InvocationTargetException {
        method.setAccessible(true);
        return method.invoke(value);
    }

    static List<@Nullable Object> elements(Object array) {
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            result.add(Array.get(array, i));
        }
        return result;
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
    }

    private static String property(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static IllegalArgumentException misfit(Object value, Class<?> raw) {
        return new IllegalArgumentException(
                "The event has " + value.getClass().getSimpleName() + " where the handler takes " + raw.getName());
    }
}
