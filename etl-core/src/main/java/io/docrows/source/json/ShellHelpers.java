package io.docrows.source.json;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the helpers of {@code mongo} and {@code mongosh} stand for, in Extended JSON. Known are those whose meaning does
 * not depend on who reads them: {@code JUUID} and its like, and dates without a zone other than {@code ISODate}'s,
 * which are in UTC, are left to be refused.
 */
final class ShellHelpers {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern NUMBER = Pattern.compile("[-+.0-9eE]+");
    private static final Pattern TIME_WITHOUT_ZONE = Pattern.compile("[^T]+T[0-9:.]+");

    private ShellHelpers() {}

    /**
     * The value of a call.
     *
     * @param name the helper's name, also with {@code new} and a blank before
     * @param arguments what is in its parentheses, as JSON
     * @return JSON, or null if there is no such helper, or none with such arguments
     */
    static @Nullable String value(String name, List<String> arguments) {
        String helper = name.startsWith("new ") ? name.substring("new ".length()) : name;
        int count = arguments.size();
        if (count == 0) {
            return switch (helper) {
                case "MinKey" -> "{\"$minKey\":1}";
                case "MaxKey" -> "{\"$maxKey\":1}";
                default -> null;
            };
        }
        String first = arguments.get(0);
        String second = count > 1 ? arguments.get(1) : "";
        if (count == 1) {
            return one(helper, name.equals(helper), first);
        }
        return switch (helper) {
            case "BinData" -> count == 2 ? binary(second, first) : null;
            case "HexData" -> count == 2 ? binary(base64(second), first) : null;
            case "Binary.createFromBase64" -> count == 2 ? binary(first, second) : null;
            case "Binary.createFromHexString" -> count == 2 ? binary(base64(first), second) : null;
            case "Timestamp" ->
                count == 2 && isWhole(first) && isWhole(second)
                        ? "{\"$timestamp\":{\"t\":" + unsigned(first) + ",\"i\":" + unsigned(second) + "}}"
                        : null;
            case "DBRef" -> count <= 3 && isText(first) ? reference(arguments) : null;
            case "DBPointer" ->
                count == 2 && isText(first) ? "{\"$dbPointer\":{\"$ref\":" + first + ",\"$id\":" + second + "}}" : null;
            case "Code" ->
                count == 2 && isText(first) && second.startsWith("{")
                        ? "{\"$code\":" + first + ",\"$scope\":" + second + "}"
                        : null;
            case "RegExp", "BSONRegExp" -> count == 2 && isText(first) && isText(second) ? regex(first, second) : null;
            default -> null;
        };
    }

    private static @Nullable String one(String helper, boolean plain, String argument) {
        return switch (helper) {
            case "ObjectId" -> ofText("$oid", argument);
            case "UUID" -> ofText("$uuid", argument);
            case "ISODate" -> isText(argument) ? "{\"$date\":" + inUtc(argument) + "}" : null;
            // Without "new" it is a text in the zone of the shell.
            case "Date" ->
                plain ? null : isWhole(argument) ? "{\"$date\":" + argument + "}" : ofText("$date", argument);
            case "NumberLong", "Long", "Long.fromString" -> number("$numberLong", argument);
            case "NumberInt", "Int32" -> number("$numberInt", argument);
            case "NumberDecimal", "Decimal128", "Decimal128.fromString" -> number("$numberDecimal", argument);
            case "Double" -> number("$numberDouble", argument);
            case "Binary.createFromBase64" -> binary(argument, "0");
            case "Timestamp" -> argument.startsWith("{") ? "{\"$timestamp\":" + argument + "}" : null;
            case "Symbol", "BSONSymbol" -> ofText("$symbol", argument);
            case "Code" -> ofText("$code", argument);
            case "RegExp", "BSONRegExp" -> isText(argument) ? regex(argument, "\"\"") : null;
            default -> null;
        };
    }

    private static @Nullable String ofText(String key, String argument) {
        return isText(argument) ? "{\"" + key + "\":" + argument + "}" : null;
    }

    private static @Nullable String number(String key, String argument) {
        String text = isText(argument) ? argument : "\"" + argument + "\"";
        return isText(argument) || NUMBER.matcher(argument).matches() ? "{\"" + key + "\":" + text + "}" : null;
    }

    private static String inUtc(String text) {
        String inner = text.substring(1, text.length() - 1);
        return TIME_WITHOUT_ZONE.matcher(inner).matches() ? "\"" + inner + "Z\"" : text;
    }

    private static @Nullable String binary(@Nullable String base64, String subtype) {
        if (base64 == null || !isText(base64) || !WHOLE.matcher(subtype).matches() || subtype.length() > 3) {
            return null;
        }
        int number = Integer.parseInt(subtype);
        return number < 0 || number > 0xFF
                ? null
                : "{\"$binary\":{\"base64\":" + base64 + ",\"subType\":\"" + Integer.toHexString(number) + "\"}}";
    }

    private static @Nullable String base64(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex.substring(1, Math.max(1, hex.length() - 1)));
            return "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static String reference(List<String> arguments) {
        String database = arguments.size() == 3 ? ",\"$db\":" + arguments.get(2) : "";
        return "{\"$ref\":" + arguments.get(0) + ",\"$id\":" + arguments.get(1) + database + "}";
    }

    private static String regex(String pattern, String options) {
        return "{\"$regularExpression\":{\"pattern\":" + pattern + ",\"options\":" + options + "}}";
    }

    /** The Java driver's writer has the halves of a timestamp as signed numbers. */
    private static String unsigned(String whole) {
        boolean signed = whole.startsWith("-") && whole.length() <= "-2147483648".length();
        long number = signed ? Long.parseLong(whole) : 0;
        return number < 0 && number >= Integer.MIN_VALUE ? String.valueOf(number & 0xFFFF_FFFFL) : whole;
    }

    private static boolean isText(String json) {
        return json.startsWith("\"");
    }

    private static boolean isWhole(String json) {
        return WHOLE.matcher(json).matches();
    }
}
