using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Api;

/// <summary>POST /oauth/token: an API key against an access token for 24 hours (documented, deprecated).</summary>
internal sealed class OAuthApi(Authentication authentication, AccessTokens tokens, ServerOptions options)
{
    private static readonly Shape Shape = new(
        "TokenRequest",
        Field.Text("grant_type", "client_credentials").Must,
        Field.Text("client_id", "The _id of an API key.").Must,
        Field.Text("client_secret", "The API key.", max: 4_000).Must,
        Field.Text("audience", "Accepted; must be the server's own where one is set."),
        Field.Text("scope", "Accepted; the token has the key's scopes.", max: 4_000));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("POST", "/oauth/token", null, Issue)
        {
            Summary = "Get an access token for an API key, as a form or as JSON.", Open = true, Body = Shape,
            Answer = typeof(Resources.AccessTokenResource), RepeatsAtRoot = true,
        },
    ];

    private async Task<IResult> Issue(Call call)
    {
        var body = await Read(call);
        if (!body.Holds) return body.Refusal;
        string Of(string name) => (string?)body.Value[name] ?? "";

        if (Of("grant_type") != "client_credentials")
            return Refusal.Invalid("grant_type", "Send client_credentials.");
        if (options.Api.TokenAudience is { Length: > 0 } own && body.Value["audience"] is not null
            && Of("audience") != own)
            return Refusal.Invalid("audience", "Send the audience of this server, or leave it out.");
        var caller = await authentication.ByKey(Of("client_secret"), call.Cancel);
        if (!caller.Holds || caller.Value.Key != Of("client_id"))
            return Refusal.Unauthenticated(
                "client_id and client_secret do not match; send the _id of an API key and the key.");
        call.Become(caller.Value);
        call.Audit.Shows("access_token");
        return new TokenAnswer(tokens.Issue(caller.Value), string.Join(' ', caller.Value.Scopes));
    }

    private static async Task<Outcome<JsonObject>> Read(Call call)
    {
        if (!call.Http.Request.HasFormContentType) return await call.Body(Shape);
        var form = System.Web.HttpUtility.ParseQueryString(Encoding.UTF8.GetString(await call.Bytes()));
        var read = new JsonObject();
        var errors = new List<FieldError>();
        foreach (var field in Shape.Fields)
        {
            if (form[field.Name] is { } value && !value.Contains('\0')) read[field.Name] = value;
            else if (field.Required) errors.Add(new FieldError(field.Name, "This field is required."));
        }

        return errors.Count > 0 ? Refusal.Invalid(errors) : read;
    }
}

/// <summary>
/// The token as OAuth clients expect it (RFC 6749 §5.1), and in <c>result</c> as every other answer here.
/// </summary>
internal sealed record TokenAnswer(string AccessToken, string Scope) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Envelope.Write(httpContext, 200, Body());

    private byte[] Body()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("ok", true);
            json.WriteString("message", "Access token");
            json.WriteStartObject("result");
            Fields(json);
            json.WriteEndObject();
            Fields(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void Fields(Utf8JsonWriter json)
    {
        json.WriteString("access_token", AccessToken);
        json.WriteNumber("expires_in", AccessTokens.LifetimeSeconds);
        json.WriteString("token_type", "Bearer");
        json.WriteString("scope", Scope);
    }
}
