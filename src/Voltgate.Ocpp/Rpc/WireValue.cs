using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Voltgate.Ocpp.Rpc;

/// <summary>One JSON value inside a received text. It keeps the text alive and copies nothing.</summary>
public readonly struct WireValue
{
    private static readonly Tape Nothing = Tape.Read("{}"u8.ToArray());

    private readonly Tape? _tape;
    private readonly int _index;

    internal WireValue(Tape tape, int index) => (_tape, _index) = (tape, index);

    /// <summary>An object without properties.</summary>
    public static WireValue Empty => new(Nothing, 0);

    /// <summary>StartObject, StartArray, String, Number, True, False or Null.</summary>
    public JsonTokenType Kind => Tape.Tokens[_index].Kind;

    /// <summary>The value's JSON as it was received.</summary>
    public ReadOnlyMemory<byte> Utf8
    {
        get
        {
            ref readonly var token = ref Tape.Tokens[_index];
            return token.Kind == JsonTokenType.String
                ? Tape.Text.Slice(token.Start - 1, token.Length + 2)
                : Tape.Text.Slice(token.Start, token.Length);
        }
    }

    /// <summary>Number of elements of an array or of properties of an object.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            var step = Kind == JsonTokenType.StartObject ? 1 : 0;
            for (var i = First; i < End; i = Tape.Tokens[i + step].Next) count++;
            return count;
        }
    }

    private Tape Tape => _tape ?? Nothing;

    private int First => _index + 1;

    private int End => Tape.Tokens[_index].Next;

    private ReadOnlySpan<byte> Content
    {
        get
        {
            ref readonly var token = ref Tape.Tokens[_index];
            return Tape.Text.Span.Slice(token.Start, token.Length);
        }
    }

    /// <summary>Reads a JSON text by the rules for frames; null where it is unfit.</summary>
    public static WireValue? Parse(ReadOnlyMemory<byte> json)
    {
        var tape = Tape.Read(json);
        return tape.Flaw == TapeFlaw.None ? new WireValue(tape, 0) : null;
    }

    public static WireValue? Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>The received JSON as text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>The text of a string; null for any other kind.</summary>
    public string? AsText() => Kind == JsonTokenType.String ? Tape.StringAt(_index) : null;

    /// <summary>The elements of an array.</summary>
    public IEnumerable<WireValue> Elements()
    {
        for (var i = First; i < End; i = Tape.Tokens[i].Next) yield return new WireValue(Tape, i);
    }

    /// <summary>The properties of an object, in their order.</summary>
    internal IEnumerable<(string Name, WireValue Value)> Properties()
    {
        for (var i = First; i < End; i = Tape.Tokens[i + 1].Next)
            yield return (Tape.StringAt(i), new WireValue(Tape, i + 1));
    }

    internal bool TryGet(string name, out WireValue value)
    {
        var tokens = Tape.Tokens;
        var text = Tape.Text.Span;
        for (var i = First; i < End; i = tokens[i + 1].Next)
        {
            ref readonly var token = ref tokens[i];
            var same = token.Escaped
                ? Tape.StringAt(i) == name
                : token.Length == name.Length && Ascii.Equals(text.Slice(token.Start, token.Length), name);
            if (!same) continue;
            value = new WireValue(Tape, i + 1);
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Whether this is a string of exactly this ASCII text, written without escapes.</summary>
    internal bool Is(string word) => Kind == JsonTokenType.String && Ascii.Equals(Content, word);

    /// <summary>The bytes of a string, where no escape stands between them and the text.</summary>
    internal ReadOnlySpan<byte> PlainText() =>
        Kind == JsonTokenType.String && !Tape.Tokens[_index].Escaped ? Content : default;

    internal bool TryGetLong(out long number)
    {
        number = 0;
        return Kind == JsonTokenType.Number
            && Utf8Parser.TryParse(Content, out number, out var used) && used == Content.Length;
    }

    internal bool TryGetDecimal(out decimal number)
    {
        number = 0;
        if (Kind != JsonTokenType.Number) return false;
        var format = Content.IndexOfAny((byte)'e', (byte)'E') < 0 ? '\0' : 'e';
        return Utf8Parser.TryParse(Content, out number, out var used, format) && used == Content.Length;
    }
}
