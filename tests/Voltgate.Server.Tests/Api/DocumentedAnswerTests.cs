using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests.Api;

/// <summary>Every operation, asked as its example asks, answers as the document says.</summary>
public sealed class DocumentedAnswerTests
{
    /// <summary>What a scene in which somebody charges refuses, and rightly.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["DELETE /chargestations/{id}"] = "chargestation_has_sessions",
        ["DELETE /locations/{id}"] = "location_in_use",
        ["DELETE /rates/{id}"] = "rate_in_use",
        ["DELETE /users/{id}"] = "user_in_use",
        ["POST /top_up/{id}/cancel"] = "top_up_closed", // completed a moment before
        ["POST /chargestations/{id}/change_password"] = "password_missing", // the scene's station comes without one
        ["DELETE /unknown_stations/{id}"] = "not_found", // adopted a moment before
        ["POST /payment_providers/stripe/{organization}"] = "signature_invalid",
    };

    private static readonly string[] Order = ["GET", "POST", "PATCH", "DELETE"];

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Every_example_is_taken_by_a_real_server_and_answered_as_documented(string provider)
    {
        await using var server = await TestServer.Start(provider);
        var (answers, wrong) = (new List<JsonObject>(), new List<string>());
        foreach (var tag in Documents.Operations.GroupBy(o => o.Tag))
        {
            await using var scene = await Scene.Set(server);
            foreach (var operation in tag.OrderBy(TurnOf))
            {
                var answer = await scene.Play(operation);
                wrong.AddRange(Wrong(operation, answer));
                if (operation.Answer.Key == "application/json") answers.Add(new JsonObject
                {
                    ["name"] = $"{operation.Name} answered", ["at"] = operation.SchemaOf(answer.Status),
                    ["value"] = answer.Json,
                });
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(answers.Count > 100);
        Assert.Contains($"{answers.Count} answers", await Documents.Judge(answers), StringComparison.Ordinal);
    }

    /// <summary>Whoever accepts is somebody else; a new password ends other sessions, signing out one's own.</summary>
    private static int TurnOf(Operation operation) => Array.IndexOf(Order, operation.Verb) + operation.Path switch
    {
        "/auth/accept" => 5,
        "/auth/password" => 10,
        "/auth/logout" => 20,
        _ => 0,
    };

    private static IEnumerable<string> Wrong(Operation operation, ApiAnswer answer)
    {
        if (Refused.TryGetValue(operation.Name, out var code))
        {
            if (answer.Status < 400 || answer.Code != code || !operation.CodesOf(answer.Status).Contains(code))
                yield return $"{operation.Name}: expected {code}, got {answer.Status} {answer.Body}";
        }
        else if (answer.Status != operation.Success)
            yield return $"{operation.Name}: expected {operation.Success}, got {answer.Status} {answer.Body}";
        else if (operation.Answer.Value!["example"] is JsonObject shown && shown["result"] is JsonObject result)
        {
            // Commands: the example's action is of the type that a real one has.
            if ((string?)result["status"] == "APIRequested" && (string?)result["type"] != answer.Text("type"))
                yield return $"{operation.Name}: its action is {answer.Text("type")}, not {result["type"]}";
            if (operation.Request?.Key == "text/csv" && (int)answer.Result["failed"]! > 0)
                yield return $"{operation.Name}: {answer.Body}";
        }
    }
}
