using System.Collections.Immutable;
using System.Text.Json;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp;

/// <summary>
/// Reads a JSON object's fields and keeps the first violation: missing is OccurrenceConstraintViolation, another
/// JSON type TypeConstraintViolation, a wrong word, length or range PropertyConstraintViolation. After a violation
/// it goes on with defaults; whoever reads must look at the verdict first. A null counts as absent where the field
/// is optional. Fields that nobody asked for are ignored and counted.
/// </summary>
public readonly struct Fields
{
    private const RpcErrorCode WrongType = RpcErrorCode.TypeConstraintViolation;
    private const RpcErrorCode OutOfRange = RpcErrorCode.PropertyConstraintViolation;

    /// <summary>What is too long and must not be refused is kept as far as this.</summary>
    private const int LongestKept = 255;

    private readonly WireValue _object;
    private readonly Findings _findings;
    private readonly string _path;

    private Fields(WireValue source, Findings findings, string path)
    {
        (_object, _findings, _path) = (source, findings, path);
        findings.Seen += source.Count;
    }

    /// <summary>True in transaction messages: a field's nonsense is kept or dropped, never refused.</summary>
    public bool Lenient => _findings.Lenient;

    /// <summary>Reads a payload. OCPP-J 1.6 §4.2.1: null is another way to write the empty object.</summary>
    public static Reading<T> Read<T>(WireValue payload, Func<Fields, T> read, bool lenient = false)
        where T : class
    {
        if (payload.Kind == JsonTokenType.Null) payload = WireValue.Empty;
        if (payload.Kind != JsonTokenType.StartObject)
            return new(null, new Violation(RpcErrorCode.FormatViolation, "", "the payload is not an object"), 0);
        var findings = new Findings(lenient);
        var value = read(new Fields(payload, findings, ""));
        return new(findings.First is null ? value : null, findings.First, findings.Seen - findings.Known)
        {
            Doubt = findings.Doubt,
        };
    }

    public int Int(string name, int min = int.MinValue) => Required(name, out var value) ? IntOf(name, value, min) : 0;

    public int? OptionalInt(string name) => Find(name, out var value) ? IntOf(name, value, int.MinValue) : null;

    /// <summary>A connector's number. Negative ones do not exist; a transaction message's counts as 0 then.</summary>
    public int Connector(string name)
    {
        var number = Int(name, Lenient ? int.MinValue : 0);
        if (number < 0) Question(name, "is no connector's number");
        return Math.Max(number, 0);
    }

    /// <summary>A number with or without a fraction.</summary>
    public decimal Decimal(string name) => Required(name, out var value) ? DecimalOf(name, value) : 0;

    /// <summary>A number with or without a fraction, null where absent.</summary>
    public decimal? OptionalDecimal(string name) => Find(name, out var value) ? DecimalOf(name, value) : null;

    public bool Flag(string name)
    {
        if (!Required(name, out var value)) return false;
        if (value.Kind is not (JsonTokenType.True or JsonTokenType.False)) Report(WrongType, name, "is not a boolean");
        return value.Kind == JsonTokenType.True;
    }

    public string Text(string name, int max = int.MaxValue) =>
        Required(name, out var value) ? TextOf(name, value, max) : "";

    public string? OptionalText(string name, int max = int.MaxValue) =>
        Find(name, out var value) ? TextOf(name, value, max) : null;

    /// <summary>One of the enum's names, spelt exactly so.</summary>
    public T Enum<T>(string name)
        where T : struct, Enum => Required(name, out var value) ? EnumOf<T>(name, value, default) : default;

    public T? OptionalEnum<T>(string name)
        where T : struct, Enum => Find(name, out var value) ? EnumOf<T>(name, value, default) : null;

    /// <summary>One of the enum's names; a transaction message's unknown word counts as this one.</summary>
    public T? OptionalEnum<T>(string name, T unknown)
        where T : struct, Enum => Find(name, out var value) ? EnumOf(name, value, unknown) : null;

    /// <summary>One of these words without a copy of it; any other word as it stands; null where absent.</summary>
    public string? Word(string name, ReadOnlySpan<string> words)
    {
        if (!Find(name, out var value)) return null;
        foreach (var word in words)
            if (value.Is(word)) return word;
        return TextOf(name, value, 255);
    }

    /// <summary>A number as text. The schema wants a string; a JSON number does as well.</summary>
    public string Number(string name)
    {
        if (!Required(name, out var value)) return "";
        return value.Kind == JsonTokenType.Number ? value.ToString() : TextOf(name, value, int.MaxValue);
    }

    public StationTime Time(string name) => Required(name, out var value) ? TimeOf(name, value) : default;

    public StationTime? OptionalTime(string name) => Find(name, out var value) ? TimeOf(name, value) : null;

    public T? Object<T>(string name, Func<Fields, T> read)
        where T : class => Required(name, out var value) ? ObjectOf(name, value, read) : null;

    public T? OptionalObject<T>(string name, Func<Fields, T> read)
        where T : class => Find(name, out var value) ? ObjectOf(name, value, read) : null;

    /// <summary>The objects of a list. OCPP 1.5 wrote a list of one as that one object; it is read so.</summary>
    public ImmutableArray<T> List<T>(string name, Func<Fields, T> read) =>
        Required(name, out var value) ? ListOf(name, value, read) : [];

    /// <summary>As <see cref="List{T}"/>, empty where absent.</summary>
    public ImmutableArray<T> OptionalList<T>(string name, Func<Fields, T> read) =>
        Find(name, out var value) ? ListOf(name, value, read) : [];

    /// <summary>A list of strings, empty where absent.</summary>
    public ImmutableArray<string> OptionalTexts(string name, int max = int.MaxValue)
    {
        if (!Find(name, out var value)) return [];
        if (value.Kind != JsonTokenType.StartArray)
        {
            Report(WrongType, name, "is not a list");
            return [];
        }
        var texts = ImmutableArray.CreateBuilder<string>(value.Count);
        foreach (var element in value.Elements()) texts.Add(TextOf(name, element, max));
        return texts.MoveToImmutable();
    }

    private void Report(RpcErrorCode code, string name, string message) => _findings.Report(code, _path, name, message);

    private void Question(string name, string message) => _findings.Question(_path, name, message);

    private bool Find(string name, out WireValue value)
    {
        if (!_object.TryGet(name, out value)) return false;
        _findings.Known++;
        return value.Kind != JsonTokenType.Null;
    }

    private bool Required(string name, out WireValue value)
    {
        if (Find(name, out value)) return true;
        if (_object.TryGet(name, out _)) Report(WrongType, name, "is null");
        else Report(RpcErrorCode.OccurrenceConstraintViolation, name, "is required");
        return false;
    }

    private int IntOf(string name, WireValue value, int min)
    {
        if (value.TryGetLong(out var number) && number >= min && number <= int.MaxValue) return (int)number;
        // 1e3 and 7.0 are whole numbers in JSON's eyes.
        if (value.TryGetDecimal(out var exact) && decimal.IsInteger(exact) && exact >= min && exact <= int.MaxValue)
            return (int)exact;
        var isNumber = value.Kind == JsonTokenType.Number;
        if (isNumber && Lenient)
        {
            Question(name, "is no number that is allowed here");
            return -1;
        }
        var whole = isNumber && value.Utf8.Span.IndexOfAny("."u8) < 0;
        Report(whole ? OutOfRange : WrongType, name, isNumber ? "is out of range" : "is not a whole number");
        return 0;
    }

    private decimal DecimalOf(string name, WireValue value)
    {
        if (value.TryGetDecimal(out var number)) return number;
        Report(value.Kind == JsonTokenType.Number ? OutOfRange : WrongType, name, "is not a readable number");
        return 0;
    }

    private string TextOf(string name, WireValue value, int max)
    {
        if (value.AsText() is not { } text)
        {
            Report(WrongType, name, "is not a string");
            return "";
        }
        if (text.Length <= max) return text;
        if (!Lenient)
        {
            Report(OutOfRange, name, $"is longer than {max} characters");
            return text;
        }

        Question(name, $"is longer than {max} characters");
        return text.Length > LongestKept ? text[..LongestKept] : text;
    }

    private T EnumOf<T>(string name, WireValue value, T unknown)
        where T : struct, Enum
    {
        if (value.AsText() is not { } word)
        {
            Report(WrongType, name, "is not a string");
            return default;
        }
        // Enum.TryParse also reads "3" and "A, B": no word of any version looks like that.
        if (System.Enum.TryParse<T>(word, out var known) && System.Enum.IsDefined(known) && char.IsAsciiLetter(word[0]))
            return known;
        if (Lenient) Question(name, "is none of the words allowed here");
        else Report(OutOfRange, name, "is none of the words allowed here");
        return unknown;
    }

    private StationTime TimeOf(string name, WireValue value)
    {
        if (value.Kind != JsonTokenType.String)
        {
            Report(WrongType, name, "is not a string");
            return default;
        }
        var plain = value.PlainText();
        var time = plain.IsEmpty ? WireTime.Read(value.AsText()!) : WireTime.Read(plain);
        if (time.Flaw != TimeFlaw.Unreadable) return time;
        if (Lenient) Question(name, "is not a time");
        else Report(OutOfRange, name, "is not a time");
        return time;
    }

    private T? ObjectOf<T>(string name, WireValue value, Func<Fields, T> read)
        where T : class
    {
        if (value.Kind == JsonTokenType.StartObject) return read(new Fields(value, _findings, PathTo(name)));
        Report(WrongType, name, "is not an object");
        return null;
    }

    private ImmutableArray<T> ListOf<T>(string name, WireValue value, Func<Fields, T> read)
    {
        var path = PathTo(name);
        if (value.Kind == JsonTokenType.StartObject) return [read(new Fields(value, _findings, path))];
        if (value.Kind != JsonTokenType.StartArray)
        {
            Report(WrongType, name, "is not a list");
            return [];
        }
        var items = ImmutableArray.CreateBuilder<T>(value.Count);
        foreach (var element in value.Elements())
        {
            if (element.Kind == JsonTokenType.StartObject) items.Add(read(new Fields(element, _findings, path)));
            else Report(WrongType, name, "holds something that is not an object");
        }
        return items.DrainToImmutable();
    }

    private string PathTo(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}

/// <summary>Either a value or the violation that prevents it. ExtraFields: how many fields nobody knows.</summary>
public readonly record struct Reading<T>(T? Value, Violation? Violation, int ExtraFields)
    where T : class
{
    /// <summary>What was kept although it is nonsense, where the reading was lenient: "field: why".</summary>
    public string? Doubt { get; init; }
}
