using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Voltgate.Ocpp.Rpc;

/// <summary>What makes a JSON text unfit, beyond its grammar.</summary>
public enum TapeFlaw
{
    None,
    NotJson,
    DuplicateName,
    TooDeep,
    TooManyValues,
    LoneSurrogate,
    NulCharacter,
    NumberOutOfRange,
}

/// <summary>One token: where its bytes are, and where on the tape the next value stands, past its own.</summary>
internal struct Token
{
    public JsonTokenType Kind;
    public bool Escaped;
    public int Start;
    public int Length;
    public int Next;
}

/// <summary>A received JSON text and the flat list of its tokens: one strict pass, then no parser any more.</summary>
internal sealed class Tape
{
    public const int MaxDepth = 32;
    private const int MaxTokens = 131_072;
    private const int PairwiseNames = 16;

    private static readonly JsonReaderOptions Grammar = new() { MaxDepth = 64 };

    private Tape(ReadOnlyMemory<byte> text, Token[] tokens, TapeFlaw flaw) =>
        (Text, Tokens, Flaw) = (text, tokens, flaw);

    public ReadOnlyMemory<byte> Text { get; }

    public Token[] Tokens { get; }

    /// <summary>Other than None: the tokens end where the flaw was found.</summary>
    public TapeFlaw Flaw { get; }

    public static Tape Read(ReadOnlyMemory<byte> text)
    {
        var tokens = ArrayPool<Token>.Shared.Rent(256);
        var count = 0;
        try
        {
            var flaw = Utf8.IsValid(text.Span) ? Scan(text.Span, ref tokens, ref count) : TapeFlaw.NotJson;
            return new Tape(text, tokens.AsSpan(0, count).ToArray(), flaw);
        }
        catch (JsonException)
        {
            return new Tape(text, [], TapeFlaw.NotJson);
        }
        finally
        {
            ArrayPool<Token>.Shared.Return(tokens);
        }
    }

    /// <summary>The text of a string or property name, its escapes resolved.</summary>
    public string StringAt(int index)
    {
        ref readonly var token = ref Tokens[index];
        return Decode(Text.Span, token);
    }

    private static TapeFlaw Scan(ReadOnlySpan<byte> text, ref Token[] tokens, ref int count)
    {
        var reader = new Utf8JsonReader(text, Grammar);
        Span<int> open = stackalloc int[MaxDepth];
        var depth = 0;
        var flaw = TapeFlaw.None;
        while (flaw == TapeFlaw.None && reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                flaw = Shut(text, tokens, count, open[--depth], reader.BytesConsumed);
                continue;
            }
            if (count == MaxTokens) flaw = TapeFlaw.TooManyValues;
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                if (depth == MaxDepth) flaw = TapeFlaw.TooDeep;
                else open[depth++] = count;
            }
            else flaw = FlawOf(reader);
            if (flaw == TapeFlaw.None) Append(ref tokens, ref count, reader);
        }
        while (depth > 0) tokens[open[--depth]].Next = count;
        return flaw;
    }

    private static void Append(ref Token[] tokens, ref int count, in Utf8JsonReader reader)
    {
        if (count == tokens.Length)
        {
            var wider = ArrayPool<Token>.Shared.Rent(count * 2);
            tokens.CopyTo(wider, 0);
            ArrayPool<Token>.Shared.Return(tokens);
            tokens = wider;
        }
        var quoted = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        ref var token = ref tokens[count++];
        token.Kind = reader.TokenType;
        token.Escaped = reader.ValueIsEscaped;
        token.Start = (int)reader.TokenStartIndex + (quoted ? 1 : 0);
        token.Length = reader.ValueSpan.Length;
        token.Next = count;
    }

    private static TapeFlaw Shut(ReadOnlySpan<byte> text, Token[] tokens, int count, int opened, long end)
    {
        ref var token = ref tokens[opened];
        token.Length = (int)end - token.Start;
        token.Next = count;
        return token.Kind == JsonTokenType.StartObject && HasDuplicateName(text, tokens, opened)
            ? TapeFlaw.DuplicateName
            : TapeFlaw.None;
    }

    private static bool HasDuplicateName(ReadOnlySpan<byte> text, Token[] tokens, int opened)
    {
        var end = tokens[opened].Next;
        var names = 0;
        var escaped = false;
        for (var i = opened + 1; i < end; i = tokens[i + 1].Next)
        {
            names++;
            escaped |= tokens[i].Escaped;
        }
        if (escaped || names > PairwiseNames) return HasDuplicateInSet(text, tokens, opened, end);
        for (var i = opened + 1; i < end; i = tokens[i + 1].Next)
            if (RepeatsFrom(text, tokens, i, end)) return true;
        return false;
    }

    private static bool RepeatsFrom(ReadOnlySpan<byte> text, Token[] tokens, int name, int end)
    {
        var own = text.Slice(tokens[name].Start, tokens[name].Length);
        for (var i = tokens[name + 1].Next; i < end; i = tokens[i + 1].Next)
            if (own.SequenceEqual(text.Slice(tokens[i].Start, tokens[i].Length))) return true;
        return false;
    }

    private static bool HasDuplicateInSet(ReadOnlySpan<byte> text, Token[] tokens, int opened, int end)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = opened + 1; i < end; i = tokens[i + 1].Next)
            if (!seen.Add(Decode(text, tokens[i]))) return true;
        return false;
    }

    private static string Decode(ReadOnlySpan<byte> text, in Token token)
    {
        if (!token.Escaped) return Encoding.UTF8.GetString(text.Slice(token.Start, token.Length));
        var quoted = new Utf8JsonReader(text.Slice(token.Start - 1, token.Length + 2));
        quoted.Read();
        return quoted.GetString()!;
    }

    private static TapeFlaw FlawOf(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => TapeText.FlawOfNumber(reader.ValueSpan),
        JsonTokenType.String or JsonTokenType.PropertyName when reader.ValueIsEscaped =>
            TapeText.FlawOfEscapes(reader.ValueSpan),
        _ => TapeFlaw.None,
    };
}
