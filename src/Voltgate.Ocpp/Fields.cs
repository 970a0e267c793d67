using System.Globalization;
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
public readonly partial struct Fields
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
    /// <param name="edition">Which edition's rules hold, where there is more than one.</param>
    public static Reading<T> Read<T>(
        WireValue payload, Func<Fields, T> read, bool lenient = false, Edition edition = Edition.V21)
        where T : class
    {
        if (payload.Kind == JsonTokenType.Null) payload = WireValue.Empty;
        if (payload.Kind != JsonTokenType.StartObject)
            return new(null, new Violation(RpcErrorCode.FormatViolation, "", "the payload is not an object"), 0);
        var findings = new Findings(lenient, edition);
        var value = read(new Fields(payload, findings, ""));
        return new(findings.First is null ? value : null, findings.First, findings.Seen - findings.Known)
        {
            Doubt = findings.Doubt,
        };
    }

    /// <summary>Whether it is this edition's rules that hold.</summary>
    public bool Is(Edition edition) => _findings.Edition == edition;

    /// <summary>How long a text or how large a number may be: in 2.0.1, and in 2.1.</summary>
    public int Max(int v201, int v21) => Is(Edition.V201) ? v201 : v21;

    /// <summary>A number's bound that only 2.1 has.</summary>
    public int Min(int v21) => Is(Edition.V201) ? int.MinValue : v21;

    public int Int(string name, int min = int.MinValue, int max = int.MaxValue) =>
        Required(name, out var value) ? IntOf(name, value, min, max) : 0;

    public int? OptionalInt(string name, int min = int.MinValue, int max = int.MaxValue) =>
        Find(name, out var value) ? IntOf(name, value, min, max) : null;

    /// <summary>A connector's number. Negative ones do not exist; a transaction message's counts as 0 then.</summary>
    public int Connector(string name)
    {
        var number = Int(name, Lenient ? int.MinValue : 0);
        if (number < 0) Question(name, "is no connector's number");
        return Math.Max(number, 0);
    }

    /// <summary>A number with or without a fraction.</summary>
    public decimal Decimal(string name, decimal min = decimal.MinValue, decimal max = decimal.MaxValue) =>
        Required(name, out var value) ? DecimalOf(name, value, min, max) : 0;

    /// <summary>A number with or without a fraction, null where absent.</summary>
    public decimal? OptionalDecimal(
        string name, decimal min = decimal.MinValue, decimal max = decimal.MaxValue) =>
        Find(name, out var value) ? DecimalOf(name, value, min, max) : null;

    public bool Flag(string name) => Required(name, out var value) && FlagOf(name, value);

    public bool? OptionalFlag(string name) => Find(name, out var value) ? FlagOf(name, value) : null;

    public string Text(string name, int max = int.MaxValue) =>
        Required(name, out var value) ? TextOf(name, value, max) : "";

    public string? OptionalText(string name, int max = int.MaxValue) =>
        Find(name, out var value) ? TextOf(name, value, max) : null;

    /// <summary>A number as text. The schema wants a string; a JSON number does as well.</summary>
    public string Number(string name)
    {
        if (!Required(name, out var value)) return "";
        return value.Kind == JsonTokenType.Number ? value.ToString() : TextOf(name, value, int.MaxValue);
    }

    public StationTime Time(string name) => Required(name, out var value) ? TimeOf(name, value) : default;

    public StationTime? OptionalTime(string name) => Find(name, out var value) ? TimeOf(name, value) : null;

    /// <summary>A measured number; in a transaction message read from a string, too, and null where none.</summary>
    public decimal? Measured(string name)
    {
        if (!Required(name, out var value)) return null;
        if (!Lenient || value.Kind == JsonTokenType.Number) return DecimalOf(name, value);
        Question(name, "is not a number");
        return decimal.TryParse(value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>Any JSON value; null where absent.</summary>
    public AnyJson? Any(string name) => Find(name, out var value) ? new AnyJson(value.ToString()) : null;

    public T? Object<T>(string name, Func<Fields, T> read)
        where T : class => Required(name, out var value) ? ObjectOf(name, value, read) : null;

    public T? OptionalObject<T>(string name, Func<Fields, T> read)
        where T : class => Find(name, out var value) ? ObjectOf(name, value, read) : null;

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

    private int IntOf(string name, WireValue value, int min, int max)
    {
        if (value.TryGetLong(out var number) && number >= min && number <= max) return (int)number;
        // 1e3 and 7.0 are whole numbers in JSON's eyes.
        if (value.TryGetDecimal(out var exact) && decimal.IsInteger(exact) && exact >= min && exact <= max)
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

    private bool FlagOf(string name, WireValue value)
    {
        if (value.Kind is not (JsonTokenType.True or JsonTokenType.False)) Report(WrongType, name, "is not a boolean");
        return value.Kind == JsonTokenType.True;
    }

    private decimal DecimalOf(
        string name, WireValue value, decimal min = decimal.MinValue, decimal max = decimal.MaxValue)
    {
        if (value.TryGetDecimal(out var number))
        {
            if (number >= min && number <= max) return number;
            if (Lenient) Question(name, "is no number that is allowed here");
            else Report(OutOfRange, name, "is out of range");
            return number;
        }
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

    private string PathTo(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}

/// <summary>Either a value or the violation that prevents it. ExtraFields: how many fields nobody knows.</summary>
public readonly record struct Reading<T>(T? Value, Violation? Violation, int ExtraFields)
    where T : class
{
    /// <summary>What was kept although it is nonsense, where the reading was lenient: "field: why".</summary>
    public string? Doubt { get; init; }
}
